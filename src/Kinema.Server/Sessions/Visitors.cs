using System.Security.Cryptography;
using System.Text;
using Kinema.Core.Keys;
using Kinema.Playground.Access;
using Kinema.Server.Auth;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Sessions;

/// <summary>The visitors of the pages: sessions behind a cookie.</summary>
internal sealed class Visitors(ISessions sessions, IApiKeys keys, SessionCookie cookie, SignInCodes codes, OwnPages ownPages) : IVisitors
{
    public ApiKey? Find(HttpContext context) => context.Features.Get<Caller>() is { IsVisitor: true } caller ? caller.Key : null;

    public async Task SignInAsync(HttpContext context, ApiKey key)
    {
        await EndAsync(context);
        cookie.Set(context, await sessions.BeginAsync(key.Id, cookie.Life, context.RequestAborted));
    }

    public async Task SignOutAsync(HttpContext context)
    {
        await EndAsync(context);
        cookie.Remove(context);
    }

    public async Task<ApiKey?> RedeemAsync(string code, CancellationToken ct) => codes.Redeem(code) is { } token ? await keys.AuthenticateAsync(token, ct) : null;

    public bool IsFromOwnPage(HttpRequest request) => ownPages.Sent(request);

    public string FormToken(HttpContext context, string purpose) => cookie.Proof(context.Request, purpose);

    public bool Accepts(HttpContext context, string purpose, string? token) =>
        token is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(cookie.Proof(context.Request, purpose)));

    private async Task EndAsync(HttpContext context)
    {
        if (cookie.Read(context.Request) is { } token)
            await sessions.EndAsync(token, context.RequestAborted);
    }
}
