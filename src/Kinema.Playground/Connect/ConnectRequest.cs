using System.Net;
using Kinema.Core.Keys;

namespace Kinema.Playground.Connect;

/// <summary>A program on this machine asks for an API key: <c>/connect/api-key?api_key_name=…&amp;scopes=a,b&amp;redirect_to=http://localhost:5180/</c>.</summary>
/// <param name="Name">Name of the key to make.</param>
/// <param name="Scopes">Scopes of the key.</param>
/// <param name="Target">Where the browser takes the key: an address of the visitor's own machine.</param>
internal sealed record ConnectRequest(string Name, IReadOnlyList<string> Scopes, Uri Target)
{
    private const int LongestName = 255;
    private const int LongestTarget = 2048;

    /// <summary>What the form is for: a token made for another request does not fit this one.</summary>
    public string Purpose => string.Join('\n', "connect", Name, string.Join(',', Scopes), Target.AbsoluteUri);

    /// <summary>What the policy of the page says of where its form leads. It has no way to write an address of IPv6.</summary>
    public string PolicySource => Target.HostNameType == UriHostNameType.IPv6 ? $"{Target.Scheme}:" : Target.GetLeftPart(UriPartial.Authority);

    /// <summary>Where the key goes. The one URL of the product with a key in it: the contract has it so, and it never leaves the machine.</summary>
    public string TargetWith(string key) =>
        new UriBuilder(Target) { Query = (Target.Query is "" ? "" : Target.Query[1..] + "&") + "api_key=" + Uri.EscapeDataString(key) }.Uri.AbsoluteUri;

    /// <summary>Reads the request. Returns what is wrong with it instead, if anything is.</summary>
    /// <param name="read">Reads a parameter.</param>
    /// <param name="visitor">The key of the session, whose scopes are the most that may be given.</param>
    public static (ConnectRequest? Request, string? Problem) Read(Func<string, string?> read, ApiKey visitor)
    {
        var name = read("api_key_name")?.Trim() ?? "";
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
            return (null, $"api_key_name must have 1 to {LongestName} characters and no control characters; it has {name.Length}.");

        var asked = (read("scopes") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ToList();
        if (asked.Count == 0)
            return (null, "scopes must name at least one scope, as in scopes=runs:create,runs:read.");
        if (asked.FirstOrDefault(scope => !Core.Keys.Scopes.All.Contains(scope)) is { } unknown)
            return (null, $"scopes must be of {string.Join(", ", Core.Keys.Scopes.All)}; got \"{unknown}\".");
        if (asked.FirstOrDefault(scope => !visitor.Scopes.Contains(scope)) is { } wider)
            return (null, $"The session lacks the scope {wider} and cannot give it.");

        var target = read("redirect_to") ?? "";
        return target.Length <= LongestTarget && Uri.TryCreate(target, UriKind.Absolute, out var url) && IsOwnMachine(url)
            ? (new(name, asked, url), null)
            : (null, $"redirect_to must be an http or https URL of this machine (localhost, 127.0.0.1 or [::1]) without user and fragment, of at most {LongestTarget} characters; got \"{target}\".");
    }

    private static bool IsOwnMachine(Uri url) =>
        url.Scheme is "http" or "https"
        && url is { UserInfo: "", Fragment: "" }
        && (url.Host == "localhost" || (IPAddress.TryParse(url.IdnHost, out var address) && IPAddress.IsLoopback(address)));
}
