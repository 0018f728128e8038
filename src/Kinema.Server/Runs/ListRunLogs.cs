using System.Globalization;
using Kinema.Core.Catalog;
using Kinema.Core.Lists;
using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Runs;

/// <summary>Lists the log lines of a run in pages, oldest first, and reads one. The cursor of a page is the id of the last line before it.</summary>
internal static class ListRunLogs
{
    private const string ErrorType = "value_error";

    public static async Task<IResult> HandleAsync(RouteId id, HttpRequest request, Caller caller, IRunHistory history, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        var (limit, after) = (PageLimit.Read(request.Query["limit"], ErrorType, errors), ReadCursor(request.Query["pq"], errors));
        if (errors.Count > 0)
            return ApiErrors.Invalid(errors);

        return await history.ReadLogsAsync(caller.OrgId, id, after, limit + 1, ct) is { } lines
            ? new JsonBodyResult(LogPresenter.PresentPage(id, lines.Take(limit), lines.Count > limit ? Text(lines[limit - 1].Sequence) : null))
            : ApiErrors.RunNotFound(id);
    }

    public static async Task<IResult> ReadOneAsync(RouteId id, string logId, Caller caller, IRunHistory history, CancellationToken ct)
    {
        var isNumber = TryParse(logId, out var sequence) && sequence > 0;
        if (await history.ReadLogsAsync(caller.OrgId, id, isNumber ? sequence - 1 : 0, 1, ct) is not { } lines)
            return ApiErrors.RunNotFound(id);

        return isNumber && lines is [var line] && line.Sequence == sequence
            ? new JsonBodyResult(LogPresenter.Present(id, line))
            : ApiErrors.NotFound($"The run has no log line {ReceivedValue.Shorten(logId)}.");
    }

    private static long ReadCursor(string? text, List<FieldError> errors)
    {
        var after = 0L;
        if (!string.IsNullOrEmpty(text) && !TryParse(text, out after))
            errors.Add(FieldError.Query("pq", $"must be the next of an earlier page; got \"{ReceivedValue.Shorten(text)}\"", ErrorType));
        return after;
    }

    private static bool TryParse(string text, out long sequence) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out sequence);

    private static string Text(long sequence) => sequence.ToString(CultureInfo.InvariantCulture);
}
