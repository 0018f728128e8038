using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Runs;

/// <summary>Lists the log lines of a run, oldest first unless asked otherwise.</summary>
internal static class ListRunLogs
{
    private const int PageSize = 500;

    public static async Task<IResult> HandleAsync(RouteId id, HttpRequest request, Caller caller, IRunLedger runs, CancellationToken ct)
    {
        var lines = new List<RunEvent>();
        for (var after = 0L; ;)
        {
            if (await runs.ReadEventsAsync(caller.OrgId, id, after, PageSize, ct) is not { } events)
                return ApiErrors.RunNotFound(id);

            lines.AddRange(events.Where(e => e.Type == RunEvents.LogType));
            if (events.Count < PageSize)
                return ListResult.Of(request, RunLogs.List, lines.Select(line => new RunLogLine(id, line)));

            after = events[^1].Sequence;
        }
    }
}
