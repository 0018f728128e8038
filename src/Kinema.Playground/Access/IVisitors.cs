using Kinema.Core.Keys;
using Microsoft.AspNetCore.Http;

namespace Kinema.Playground.Access;

/// <summary>Who looks at the pages. The server knows: it reads the cookie of the session, which scripts cannot.</summary>
public interface IVisitors
{
    /// <summary>The key that the visitor's session stands for; null for one who has not signed in.</summary>
    ApiKey? Find(HttpContext context);

    /// <summary>Begins a session of a key and sets its cookie.</summary>
    Task SignInAsync(HttpContext context, ApiKey key);

    /// <summary>Ends the visitor's session and removes its cookie.</summary>
    Task SignOutAsync(HttpContext context);

    /// <summary>Takes a code that the server printed on its terminal. Returns its key once; null for a code that is unknown, used or too old.</summary>
    Task<ApiKey?> RedeemAsync(string code, CancellationToken ct);

    /// <summary>Whether a page of this server sent the request, by what its browser says of its origin.</summary>
    bool IsFromOwnPage(HttpRequest request);

    /// <summary>A token that proves that a form was made for this visitor's session, for one purpose.</summary>
    string FormToken(HttpContext context, string purpose);

    /// <summary>Whether the token is the one of <see cref="FormToken"/>.</summary>
    bool Accepts(HttpContext context, string purpose, string? token);
}
