using System.Globalization;
using Kinema.Core.Keys;
using Microsoft.AspNetCore.Http;

namespace Kinema.Playground.Settings.Keys;

/// <summary>A key as the form asks for it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Scopes">Its scopes.</param>
/// <param name="Days">Days until it expires; empty for never.</param>
public sealed record KeyDraft(string Name, IReadOnlyList<string> Scopes, string Days)
{
    public const int LongestName = 255;

    public static IReadOnlyList<(string Value, string Text)> Expiries { get; } =
        [("", "Never"), ("1", "In a day"), ("7", "In a week"), ("30", "In 30 days"), ("90", "In 90 days"), ("365", "In a year")];

    public static KeyDraft Empty { get; } = new("", [], "");

    public static KeyDraft Read(IFormCollection form) =>
        new(form["name"].ToString().Trim(), [.. form["scopes"].OfType<string>().Distinct()], form["expires"].ToString());

    public DateTimeOffset? ExpiresAt(DateTimeOffset now) => Days.Length == 0 ? null : now.AddDays(int.Parse(Days, NumberStyles.None, CultureInfo.InvariantCulture));

    /// <summary>What is wrong, by the field.</summary>
    public ILookup<string, string> Problems(ApiKey visitor) => FindProblems(visitor).ToLookup(problem => problem.Field, problem => problem.Text);

    private IEnumerable<(string Field, string Text)> FindProblems(ApiKey visitor)
    {
        if (Name.Length is 0 or > LongestName || Name.Any(char.IsControl))
            yield return ("name", $"The name must have 1 to {LongestName} characters and no control characters; it has {Name.Length} characters.");
        if (Scopes.Count == 0)
            yield return ("scopes", "Choose at least one scope: a key without one can do nothing.");
        if (Scopes.FirstOrDefault(scope => !visitor.Scopes.Contains(scope)) is { } wider)
            yield return ("scopes", $"This session lacks the scope {(wider.Length > 50 ? "asked for" : wider)} and cannot give it.");
        if (!Expiries.Any(expiry => expiry.Value == Days))
            yield return ("expires", "Choose one of the expiries offered.");
    }
}
