using System.Security.Claims;
using System.Text.Encodings.Web;
using Kinema.Core.Keys;
using Kinema.Server.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Auth;

/// <summary>Authenticates workers outside the server's process by <c>Authorization: Bearer key</c>. It knows worker keys only: an API key or a session is nothing to it.</summary>
internal sealed class WorkerKeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IWorkerKeys keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "WorkerKey";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (BearerToken.Read(Request) is not { } token)
            return AuthenticateResult.NoResult();
        if (await keys.AuthenticateAsync(token, Context.RequestAborted) is not { } key)
            return AuthenticateResult.Fail("unknown key");

        Context.Features.Set(new WorkerCaller(key));
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, key.Id.ToString())], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        var message = BearerToken.Read(Request) is not { } token ? "A worker key is needed: Authorization: Bearer <key>; `kinema keys create --worker` makes one."
            : ApiKeyToken.TryParse(token, out _) ? "This is an API key; workers need a worker key, which `kinema keys create --worker` makes."
            : "The worker key is unknown, revoked or expired.";
        return ApiErrors.Unauthorized(message).ExecuteAsync(Context);
    }
}
