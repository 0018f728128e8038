using System.Globalization;
using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Runs;

/// <summary>Lists the log lines of a run, oldest first unless asked otherwise, and reads one.</summary>
internal static class ListRunLogs
{
    private const int PageSize = 500;

    public static async Task<IResult> HandleAsync(RouteId id, HttpRequest request, Caller caller, IRunHistory history, CancellationToken ct)
    {
        var lines = new List<RunEvent>();
        for (var after = 0L; ; after = lines[^1].Sequence)
        {
            if (await history.ReadLogsAsync(caller.OrgId, id, after, PageSize, ct) is not { } page)
                return ApiErrors.RunNotFound(id);

            lines.AddRange(page);
            if (page.Count < PageSize)
                return ListResult.Of(request, RunLogs.List, lines.Select(line => new RunLogLine(id, line)));
        }
    }

    public static async Task<IResult> ReadOneAsync(RouteId id, string logId, Caller caller, IRunHistory history, CancellationToken ct)
    {
        var isNumber = long.TryParse(logId, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && sequence > 0;
        if (await history.ReadLogsAsync(caller.OrgId, id, isNumber ? sequence - 1 : 0, 1, ct) is not { } lines)
            return ApiErrors.RunNotFound(id);

        return isNumber && lines is [var line] && line.Sequence == sequence
            ? new JsonBodyResult(RunLogs.Present(new RunLogLine(id, line)))
            : ApiErrors.NotFound($"The run has no log line {ReceivedValue.Shorten(logId)}.");
    }
}
