using System.Text.RegularExpressions;
using Kinema.Core.Catalog;

namespace Kinema.Core.Runs;

/// <summary>
/// The <c>q</c> of a list call: equality on <c>client_ref</c>, <c>status_code</c> and <c>model</c>, joined by AND, in every documented spelling
/// (<c>client_ref.EQ:'x'</c>, <c>status_code:succeeded</c>, <c>model='owner/name'</c>). A quote inside quotes is doubled.
/// </summary>
internal static partial class RunFilter
{
    private const string Understood =
        "understood are client_ref, status_code and model, each compared with .EQ:'value', :value or =value, joined by AND";

    public static RunListQuery Apply(RunListQuery query, string? q, List<FieldError> errors)
    {
        if (string.IsNullOrWhiteSpace(q))
            return query;
        if (q.Length > 2048)
            return Refuse(query, errors, $"must be at most 2048 characters; got {q.Length}");

        var rest = q.Trim();
        while (true)
        {
            var term = Term().Match(rest);
            if (!term.Success)
                return Refuse(query, errors, $"is not understood at \"{ReceivedValue.Shorten(rest)}\"; {Understood}");

            var value = term.Groups["quoted"] is { Success: true } quoted
                ? quoted.Value.Replace("''", "'", StringComparison.Ordinal)
                : term.Groups["bare"].Value;
            if (Narrow(ref query, term.Groups["field"].Value, value) is { } problem)
                return Refuse(query, errors, problem);

            rest = rest[term.Length..];
            if (rest.Length == 0)
                return query;
            if (And().Match(rest) is not { Success: true } and)
                return Refuse(query, errors, $"is not understood at \"{ReceivedValue.Shorten(rest)}\"; {Understood}");
            rest = rest[and.Length..];
        }
    }

    /// <summary>Applies a comparison; returns the problem, or null.</summary>
    private static string? Narrow(ref RunListQuery query, string field, string value)
    {
        switch (field)
        {
            case "client_ref" when query.ClientRef is null:
                query = query with { ClientRef = value };
                return null;
            case "model" when query.ModelSlug is null:
                query = query with { ModelSlug = value };
                return null;
            case "status_code" when query.Status is null:
                if (!RunStatusCodes.TryParse(value, out var status))
                    return $"has the unknown status_code \"{ReceivedValue.Shorten(value)}\"; known are {string.Join(", ", Enum.GetValues<RunStatus>().Select(s => s.ToCode()))}";

                query = query with { Status = status };
                return null;
            case "client_ref" or "model" or "status_code":
                return $"compares {field} twice";
            default:
                return $"compares \"{ReceivedValue.Shorten(field)}\"; {Understood}";
        }
    }

    private static RunListQuery Refuse(RunListQuery query, List<FieldError> errors, string reason)
    {
        errors.Add(new(["query", "q"], $"q {reason}", FieldErrorTypes.NotAllowed));
        return query;
    }

    [GeneratedRegex(@"^(?<field>[A-Za-z_]+)\s*(?:\.(?i:EQ):|:|=)\s*(?:'(?<quoted>(?:[^']|'')*)'|(?<bare>[^\s'()<>=]+))", RegexOptions.NonBacktracking)]
    private static partial Regex Term();

    [GeneratedRegex(@"^\s+AND\s+", RegexOptions.NonBacktracking)]
    private static partial Regex And();
}
