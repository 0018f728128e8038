using Kinema.Safety;
using Kinema.Server.Status;

namespace Kinema.Server.Safety;

/// <summary>A checker that does not work, and without which nothing passes, is a problem; where runs go on without it, it is said.</summary>
internal sealed class SafetyReadiness(ISafetyProbe probe) : IReadinessCheck
{
    public string Name => "safety";

    public Task<string?> FindProblemAsync(CancellationToken ct) =>
        Task.FromResult(probe is { RefusesWhenBroken: true } && probe.Find().Problem is not null ? "the safety checker does not work; the server's log says why" : null);

    public Task<string> DescribeAsync(CancellationToken ct) =>
        Task.FromResult(probe.Find().Problem is null ? "ok" : "the safety checker does not work, and runs go on unchecked (Safety:WhenBroken)");
}
