using Kinema.Server.Errors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Auth;

/// <summary>Writes the 403 response with the reason of the failed requirement.</summary>
internal sealed class PermissionDeniedHandler : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _default = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult.Forbidden && authorizeResult.AuthorizationFailure?.FailureReasons.FirstOrDefault() is { } reason
            ? ApiErrors.PermissionDenied(reason.Message).ExecuteAsync(context)
            : _default.HandleAsync(next, context, policy, authorizeResult);
}
