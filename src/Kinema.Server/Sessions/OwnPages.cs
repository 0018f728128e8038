using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Sessions;

/// <summary>
/// Tells requests of this server's own pages from those of other sites, beside the cookie's SameSite. Browsers say where a request comes from:
/// <c>Sec-Fetch-Site</c> (not over plain http to another machine), and <c>Origin</c> with every request that changes something.
/// </summary>
internal sealed class OwnPages(ServerAddress address)
{
    public bool Sent(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site)
            return site == "same-origin";

        return request.Headers.Origin is [{ } origin] && (origin == $"{request.Scheme}://{request.Host}" || origin == address.Base.GetLeftPart(UriPartial.Authority));
    }
}
