using Kinema.Server.Telemetry;

namespace Kinema.Cli.Doctor;

/// <summary>Where traces, metrics and logs go.</summary>
internal static class TelemetryCheck
{
    public static async Task<Finding> ExamineAsync(IServiceProvider services, CancellationToken ct)
    {
        var (what, problem) = await ExamineTelemetry.HandleAsync(services, ct);
        return problem is null
            ? Finding.Ok("telemetry", what)
            : Finding.Warning("telemetry", $"{what}; {problem}", "Runs go on without it. See docs/observability.md.");
    }
}
