using System.Security.Claims;
using System.Text.Encodings.Web;
using Kinema.Core.Keys;
using Kinema.Server.Errors;
using Kinema.Server.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Auth;

/// <summary>Authenticates callers by <c>Authorization: Bearer key</c>, and this server's own pages by the cookie of their session.</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IApiKeys keys, ISessions sessions, SessionCookie cookie, OwnPages ownPages)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.Count == 0)
            return await AuthenticateVisitorAsync();
        if (BearerToken.Read(Request) is not { } token)
            return AuthenticateResult.NoResult();

        return await keys.AuthenticateAsync(token, Context.RequestAborted) is { } key
            ? Succeed(new Caller(key))
            : AuthenticateResult.Fail("unknown key");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        var message = WorkerKeyToken.TryParse(BearerToken.Read(Request), out _) ? "This is a worker key, which opens only the routes of the worker protocol; an API key is needed here."
            : Request.Headers.Authorization.Count > 0 ? "The key is unknown, revoked or expired; it is sent as Authorization: Bearer <key>."
            : cookie.Read(Request) is null ? "A key is needed: Authorization: Bearer <key>."
            : Context.Features.Get<ForeignPage>() is not null ? "A session serves this server's own pages only; a program sends Authorization: Bearer <key>."
            : "The session is over; sign in again.";
        return ApiErrors.Unauthorized(message).ExecuteAsync(Context);
    }

    /// <summary>A cookie comes by itself, so what it may change must have been asked for by a page of this server.</summary>
    private async Task<AuthenticateResult> AuthenticateVisitorAsync()
    {
        if (cookie.Read(Request) is not { } token || await sessions.AuthenticateAsync(token, Context.RequestAborted) is not { } key)
            return AuthenticateResult.NoResult();

        var changesNothing = HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method) || HttpMethods.IsOptions(Request.Method);
        if (changesNothing || ownPages.Sent(Request))
            return Succeed(new Caller(key, IsVisitor: true));

        Context.Features.Set(new ForeignPage());
        return AuthenticateResult.Fail("another site's page");
    }

    private AuthenticateResult Succeed(Caller caller)
    {
        Context.Features.Set(caller);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, caller.Key.Id.ToString())], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    private sealed class ForeignPage;
}
