using Microsoft.Extensions.Logging;

namespace Kinema.Hosted.DashScope.Tasks;

internal sealed partial class SubmitTask
{
    [LoggerMessage(7001, LogLevel.Information, "Run {RunId}: submitted as task {TaskId}.")]
    private partial void LogSubmitted(string runId, string taskId);

    [LoggerMessage(7002, LogLevel.Warning, "Run {RunId}: the answer to its submit was lost ({Reason}). It is looked for among the provider's tasks and never submitted again.")]
    private partial void LogLost(string runId, string reason);

    [LoggerMessage(7003, LogLevel.Warning, "Run {RunId}: the provider's tasks could not be read ({Reason}).")]
    private partial void LogNotRead(string runId, string reason);
}
