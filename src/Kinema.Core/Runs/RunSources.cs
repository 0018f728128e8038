namespace Kinema.Core.Runs;

/// <summary>Values of <c>source_code</c>: the kind of caller that created a run.</summary>
public static class RunSources
{
    public const string Api = "api";
    public const string Batch = "batch";

    /// <summary>Sources that a caller may declare. They are only for statistics and grant nothing; any other value means an API call.</summary>
    private static readonly string[] _claimed = ["cli", "mcp", "playground"];

    public static string Claimed(string? text) => _claimed.FirstOrDefault(known => known.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? Api;
}
