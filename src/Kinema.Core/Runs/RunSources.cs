namespace Kinema.Core.Runs;

/// <summary>Values of <c>source_code</c>: the kind of caller that created a run.</summary>
public static class RunSources
{
    public const string Api = "api";
    public const string Batch = "batch";

    /// <summary>Kinds that a caller says of itself. It is for statistics, nothing is permitted by it, and anything else is a call of the API.</summary>
    private static readonly string[] _claimed = ["cli", "mcp", "playground"];

    public static string Claimed(string? text) => _claimed.FirstOrDefault(known => known.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? Api;
}
