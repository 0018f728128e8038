using Kinema.Pages;

namespace Kinema.Playground;

/// <summary>Signed URLs of files as pages use them: of the page's own origin, whatever name of the server it was opened under.</summary>
internal static class OwnPath
{
    /// <returns>Path and query of a URL of this server; another URL as it is.</returns>
    public static string Of(Uri url, IPageAddress address) =>
        address.Base.IsBaseOf(url) ? $"{address.Root}/{url.AbsoluteUri[address.Base.AbsoluteUri.Length..]}" : url.AbsoluteUri;
}
