using System.Globalization;
using Kinema.Core.Catalog;
using Kinema.Core.Lists;
using Kinema.Core.Runs;
using Microsoft.AspNetCore.WebUtilities;

namespace Kinema.Playground.Runs.List;

/// <summary>The fields by which a visitor narrows the list. All stand in the address, so that a list can be kept as a link.</summary>
public sealed record RunListForm
{
    private const int LongestText = 255;

    public string Status { get; init; } = "";

    public string Model { get; init; } = "";

    public string Engine { get; init; } = "";

    public string ClientRef { get; init; } = "";

    /// <summary>The first day (UTC) of creation.</summary>
    public string From { get; init; } = "";

    /// <summary>The last day (UTC) of creation.</summary>
    public string To { get; init; } = "";

    /// <summary>A filter of the list grammar, in addition.</summary>
    public string Q { get; init; } = "";

    public string SortBy { get; init; } = "";

    public bool IsEmpty => this with { SortBy = "" } == new RunListForm();

    public bool HasGrammar => Q.Length > 0;

    /// <summary>The fields that are set, by their names in the address.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Fields => new (string Name, string Value)[]
    {
        ("status", Status), ("model", Model), ("engine", Engine), ("client_ref", ClientRef), ("from", From), ("to", To), ("q", Q), ("sort_by", SortBy),
    }.Where(entry => entry.Value.Length > 0).Select(entry => KeyValuePair.Create(entry.Name, (string?)entry.Value));

    public static RunListForm Read(Func<string, string?> read)
    {
        return new()
        {
            Status = Text("status"),
            Model = Text("model"),
            Engine = Text("engine"),
            ClientRef = Text("client_ref"),
            From = Text("from"),
            To = Text("to"),
            Q = Text("q"),
            SortBy = Text("sort_by"),
        };

        string Text(string name) => read(name)?.Trim() ?? "";
    }

    /// <summary>The address of the list, without the path that a proxy puts before it.</summary>
    /// <param name="cursor">Where the page begins.</param>
    public string Address(string? cursor = null) =>
        QueryHelpers.AddQueryString("/runs", cursor is null ? Fields : Fields.Append(KeyValuePair.Create("pq", (string?)cursor)));

    /// <summary>The terms of the fields other than <see cref="Q"/>.</summary>
    /// <param name="errors">Receives what is wrong with a field, located by its name.</param>
    public IReadOnlyList<Filter> Terms(ICollection<FieldError> errors)
    {
        var terms = new List<Filter>();
        if (Status.Length > 0 && RunFields.Status.Choices!.Contains(Status))
            terms.Add(Equal(RunFields.Status, Status));
        else if (Status.Length > 0)
            errors.Add(Wrong("status", $"must be of {string.Join(", ", RunFields.Status.Choices!)}; got \"{ReceivedValue.Shorten(Status)}\""));
        foreach (var (name, field, value) in new[] { ("model", RunFields.Model, Model), ("engine", RunFields.Engine, Engine), ("client_ref", RunFields.ClientRef, ClientRef) })
        {
            if (value.Length > LongestText)
                errors.Add(Wrong(name, $"must have at most {LongestText} characters; it has {value.Length}"));
            else if (value.Length > 0)
                terms.Add(Equal(field, value));
        }

        if (ReadDay("from", From, errors) is { } from)
            terms.Add(new Filter.Comparison(RunFields.CreatedAt, FilterOperator.GreaterOrEqual, Micros(from)));
        if (ReadDay("to", To, errors) is { } to)
            terms.Add(new Filter.Comparison(RunFields.CreatedAt, FilterOperator.Less, Micros(to.AddDays(1))));
        return terms;
    }

    private static Filter.Comparison Equal(FilterField field, string value) => new(field, FilterOperator.Equal, value);

    private static DateOnly? ReadDay(string name, string text, ICollection<FieldError> errors)
    {
        if (text.Length == 0)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1970 and < 9999)
            return day;

        errors.Add(Wrong(name, $"must be a day from 1970 on, such as 2026-04-01; got \"{ReceivedValue.Shorten(text)}\""));
        return null;
    }

    private static long Micros(DateOnly day) => (day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static FieldError Wrong(string field, string reason) => FieldError.Query(field, reason, FieldErrorTypes.NotAllowed);
}
