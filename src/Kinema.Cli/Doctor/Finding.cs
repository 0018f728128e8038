namespace Kinema.Cli.Doctor;

/// <summary>Result of one check.</summary>
/// <param name="Name">Name of the check.</param>
/// <param name="State"><c>ok</c>, <c>warning</c> (works with limits) or <c>failed</c>.</param>
/// <param name="Detail">Detail.</param>
/// <param name="Advice">Recommended action, or null.</param>
internal sealed record Finding(string Name, string State, string Detail, string? Advice = null)
{
    public const string OkState = "ok";
    public const string WarningState = "warning";
    public const string FailedState = "failed";

    public static Finding Ok(string name, string detail) => new(name, OkState, detail);

    public static Finding Warning(string name, string detail, string advice) => new(name, WarningState, detail, advice);

    public static Finding Failed(string name, string detail, string advice) => new(name, FailedState, detail, advice);
}
