namespace Kinema.Wan;

/// <summary>The result of the self-check: whether libtorch computes correctly on this processor.</summary>
/// <param name="Processor">The processor's name, and for x86-64 its family and model.</param>
/// <param name="Results">One result for each operation.</param>
/// <param name="Duration">Duration of the check.</param>
public sealed record WanSelfCheckReport(string Processor, IReadOnlyList<WanSelfCheckResult> Results, TimeSpan Duration)
{
    /// <summary>Whether every operation is correct.</summary>
    public bool Passed => Results.All(result => result.Passed);
}
