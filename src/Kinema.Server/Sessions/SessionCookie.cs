using System.Security.Cryptography;
using System.Text;
using Kinema.Core.Storage;
using Kinema.Server.Configuration;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Sessions;

/// <summary>
/// The cookie with the token of a session. Browsers keep cookies by host, whatever the port, so the name tells stores apart; every process of a store has the
/// same.
/// </summary>
internal sealed class SessionCookie(ISigningKeys keys, ServerAddress address, IOptions<ServerOptions> options)
{
    private const int NameBytes = 4;

    private string? _name;

    public TimeSpan Life => TimeSpan.FromHours(options.Value.SessionHours);

    private string Name => _name ??= $"kinema-{Convert.ToHexStringLower(keys.Derive("session-cookie").AsSpan(0, NameBytes))}";

    public string? Read(HttpRequest request) => request.Headers.Cookie.Count == 0 ? null : request.Cookies[Name];

    public void Set(HttpContext context, string token) => context.Response.Cookies.Append(Name, token, Options(context, Life));

    public void Remove(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context, null));

    /// <summary>A code that only this store makes for this session and purpose.</summary>
    public string Proof(HttpRequest request, string purpose) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(keys.Derive("session-forms"), Encoding.UTF8.GetBytes($"{Read(request)}\n{purpose}")));

    private CookieOptions Options(HttpContext context, TimeSpan? life) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps || address.Base.Scheme == Uri.UriSchemeHttps,
        Path = address.Base.AbsolutePath is [_, .., '/'] path ? path[..^1] : "/",
        MaxAge = life,
        IsEssential = true,
    };
}
