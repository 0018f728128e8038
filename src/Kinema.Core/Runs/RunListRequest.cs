using System.Globalization;
using Kinema.Core.Catalog;

namespace Kinema.Core.Runs;

/// <summary>Raw query parameters of a list request; null if absent.</summary>
public sealed record RunListParameters(string? Q, string? Limit, string? SortBy, string? Fields, string? Pq, string? FromPrev);

/// <summary>A parsed list request.</summary>
public sealed record RunListRequest
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 500;

    public required RunListQuery Query { get; init; }

    /// <summary>The fields to write, or null for all.</summary>
    public IReadOnlySet<string>? Fields { get; init; }

    /// <param name="parameters">Raw parameters.</param>
    /// <param name="knownFields">Fields of a record; see <see cref="RunPresenter.FieldNames"/>.</param>
    /// <param name="request">Parsed request, or null if invalid.</param>
    /// <returns>Validation errors; empty if valid.</returns>
    public static IReadOnlyList<FieldError> Read(RunListParameters parameters, IReadOnlyList<string> knownFields, out RunListRequest? request)
    {
        var errors = new List<FieldError>();
        var (cursor, backwards) = ReadCursor(parameters.Pq, errors);
        var query = new RunListQuery
        {
            Limit = ReadLimit(parameters.Limit, errors),
            OldestFirst = ReadSort(parameters.SortBy, errors),
            Cursor = cursor,
            Backwards = backwards || (ReadFlag("from_prev", parameters.FromPrev, errors) && cursor is not null),
        };
        query = RunFilter.Apply(query, parameters.Q, errors);
        var fields = ReadFields(parameters.Fields, knownFields, errors);
        request = errors.Count == 0 ? new() { Query = query, Fields = fields } : null;
        return errors;
    }

    private static int ReadLimit(string? text, List<FieldError> errors)
    {
        if (string.IsNullOrEmpty(text))
            return DefaultLimit;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit)
            return limit;

        errors.Add(Wrong("limit", $"must be an integer from 1 to {MaxLimit}; got \"{ReceivedValue.Shorten(text)}\"", FieldErrorTypes.OutOfRange));
        return DefaultLimit;
    }

    private static bool ReadSort(string? text, List<FieldError> errors)
    {
        switch (text)
        {
            case null or "" or "created_at:desc" or "-created_at":
                return false;
            case "created_at:asc" or "created_at":
                return true;
            default:
                errors.Add(Wrong("sort_by", $"must be created_at:desc or created_at:asc; got \"{ReceivedValue.Shorten(text)}\"", FieldErrorTypes.NotAllowed));
                return false;
        }
    }

    private static (RunCursor? Cursor, bool Backwards) ReadCursor(string? text, List<FieldError> errors)
    {
        if (string.IsNullOrEmpty(text))
            return (null, false);
        if (RunCursorCodec.TryDecode(text, out var cursor, out var backwards))
            return (cursor, backwards);

        errors.Add(Wrong("pq", "must be a cursor from an earlier page: its first, next or previous", FieldErrorTypes.NotAllowed));
        return (null, false);
    }

    private static bool ReadFlag(string name, string? text, List<FieldError> errors)
    {
        if (string.IsNullOrEmpty(text))
            return false;
        if (bool.TryParse(text, out var flag))
            return flag;

        errors.Add(Wrong(name, $"must be true or false; got \"{ReceivedValue.Shorten(text)}\"", FieldErrorTypes.Type));
        return false;
    }

    private static HashSet<string>? ReadFields(string? text, IReadOnlyList<string> known, List<FieldError> errors)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;

        var fields = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        foreach (var unknown in fields.Except(known).Take(10))
        {
            var hint = NearestName.Find(unknown, known) is { } nearest ? $"; did you mean {nearest}?" : "";
            errors.Add(Wrong("fields", $"names \"{ReceivedValue.Shorten(unknown)}\", which a run does not have{hint}", FieldErrorTypes.UnknownField));
        }

        return fields;
    }

    private static FieldError Wrong(string parameter, string reason, string type) => new(["query", parameter], $"{parameter} {reason}", type);
}
