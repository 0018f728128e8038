using Kinema.Core.Artifacts;
using Kinema.Core.Runs;
using Kinema.Worker.Assignments;
using Microsoft.Extensions.Logging;

namespace Kinema.Worker.Remote;

/// <summary>Ends an attempt of a remote worker and deletes what was received for it: what a worker sends must not fill the disk until the next sweep.</summary>
internal sealed partial class FinishForWorker(IWorkSource local, IArtifactStore artifacts, ILogger<FinishForWorker> log)
{
    /// <returns>False if another attempt holds the run.</returns>
    public async Task<bool> HandleAsync(AttemptRef attempt, AttemptOutcome outcome)
    {
        if (!await local.FinishAsync(attempt, outcome))
            return false;

        try
        {
            artifacts.DeleteScratch(attempt.RunId, attempt.Fence);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A part may still be arriving.
            LogScratchLeft(attempt.RunId, e);
        }

        return true;
    }

    [LoggerMessage(4222, LogLevel.Warning, "Run {RunId}: the scratch folder is left for the next sweep")]
    private partial void LogScratchLeft(Guid runId, Exception exception);
}
