namespace Kinema.Core.Runs;

/// <summary>What kind of caller made a run, as <c>source_code</c> of its record says.</summary>
public static class RunSources
{
    public const string Api = "api";
    public const string Batch = "batch";

    /// <summary>Kinds that a caller says of itself. It is for statistics, nothing is permitted by it, and anything else is a call of the API.</summary>
    private static readonly string[] _claimed = ["cli", "mcp", "playground"];

    public static string Claimed(string? text) => _claimed.FirstOrDefault(known => known.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? Api;
}
