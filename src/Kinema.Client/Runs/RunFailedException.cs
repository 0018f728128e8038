namespace Kinema.Client;

/// <summary>A run ended without the output that the caller needs.</summary>
/// <param name="run">The run.</param>
public sealed class RunFailedException(Run run) : Exception(Describe(run))
{
    /// <summary>The run, with its failure code, message and stage.</summary>
    public Run Run { get; } = run;

    private static string Describe(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Status == RunStatus.Failed
            ? $"Run {run.Id} failed: {run.FailureMessage ?? "the server gives no reason"} ({run.FailureCode})"
            : $"Run {run.Id} ended as {run.Status}.";
    }
}
