namespace Kinema.Wan;

/// <summary>Whether libtorch computes right on this processor.</summary>
/// <param name="Processor">Its name, and for x86-64 its family and model.</param>
/// <param name="Results">Every operation that was tried.</param>
/// <param name="Duration">How long that took.</param>
public sealed record WanSelfCheckReport(string Processor, IReadOnlyList<WanSelfCheckResult> Results, TimeSpan Duration)
{
    /// <summary>Whether every operation is right.</summary>
    public bool Passed => Results.All(result => result.Passed);
}
