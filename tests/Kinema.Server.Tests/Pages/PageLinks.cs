using System.Text.RegularExpressions;

namespace Kinema.Server.Tests.Pages;

/// <summary>What the HTML of a page refers to.</summary>
internal static partial class PageLinks
{
    public static IEnumerable<string> Of(string html) => Reference().Matches(html).Select(match => System.Net.WebUtility.HtmlDecode(match.Groups[1].Value));

    /// <summary>What a browser loads with the page from this server: style, scripts and pictures.</summary>
    public static IEnumerable<string> Loaded(string html) => Part().Matches(html).Select(match => System.Net.WebUtility.HtmlDecode(match.Groups[1].Value)).Distinct();

    public static HashSet<string> Anchors(string html) => [.. Anchor().Matches(html).Select(match => System.Net.WebUtility.HtmlDecode(match.Groups[1].Value))];

    [GeneratedRegex("(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Reference();

    [GeneratedRegex("(?:rel=\"stylesheet\" href|src)=\"(/[^\"]*)\"")]
    private static partial Regex Part();

    [GeneratedRegex(" id=\"([^\"]+)\"")]
    private static partial Regex Anchor();
}
