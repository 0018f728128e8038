using System.Globalization;
using Kinema.Core.Catalog;
using Kinema.Core.Keys;
using Kinema.Core.Lists;
using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Runs;

/// <summary>Counts the caller's runs by day, model and source. It reads many index entries, so only a few run at once for an organisation.</summary>
internal static class ReadRunStatistics
{
    private const int MaxDays = 366;

    public static async Task<IResult> HandleAsync(
        HttpRequest request, Caller caller, IRunStatistics statistics, IUnindexedLists slots, RunStatisticsPresenter presenter, CancellationToken ct)
    {
        var errors = new List<FieldError>();
        var (start, end) = (ReadTime(request, "start", errors), ReadTime(request, "end", errors));
        if (errors.Count == 0 && end <= start)
            errors.Add(Wrong("end", "must be after start"));
        if (errors.Count == 0 && (end - start).TotalDays > MaxDays)
            errors.Add(Wrong("end", string.Create(CultureInfo.InvariantCulture, $"must be at most {MaxDays} days after start; got {(end - start).TotalDays:0.#}")));
        if (errors.Count > 0)
            return ApiErrors.Invalid(errors);

        using var slot = await slots.EnterAsync(caller.OrgId, ct);
        if (slot is null)
            return UnindexedLists.Full("statistics or lists");

        var counts = await statistics.ReadAsync(caller.OrgId, start, end, ct);
        return new JsonBodyResult(presenter.Present(counts, Day(start), Day(end.AddTicks(-1)), caller.Has(Scopes.ModelsRead)));
    }

    private static DateTimeOffset ReadTime(HttpRequest request, string name, List<FieldError> errors)
    {
        string? text = request.Query[name];
        if (string.IsNullOrEmpty(text))
            errors.Add(FieldError.Query(name, "is required: an ISO 8601 time or date", FieldErrorTypes.Missing));
        else if (FilterValues.TryReadTime(text, out var time) && time.Year is >= 1970 and < 9999)
            return time;
        else
            errors.Add(Wrong(name, $"must be an ISO 8601 time or date from 1970 on; got \"{ReceivedValue.Shorten(text)}\""));

        return default;
    }

    private static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private static FieldError Wrong(string parameter, string reason) => FieldError.Query(parameter, reason, FieldErrorTypes.Value);
}
