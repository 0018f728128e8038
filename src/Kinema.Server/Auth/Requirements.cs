using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Auth;

/// <summary>Requires the scope.</summary>
internal sealed record ScopeRequirement(string Scope) : IAuthorizationRequirement;

/// <summary>Requires that <c>X-Organization-Id</c>, if sent, names the key's own organisation.</summary>
internal sealed record OwnOrganizationRequirement : IAuthorizationRequirement;

/// <summary>Requires a platform administrator's key; no organisation scope grants this.</summary>
internal sealed record PlatformAdminRequirement : IAuthorizationRequirement;

/// <summary>Evaluates the three requirements and gives the caller a reason.</summary>
internal sealed class RequirementHandler(IHttpContextAccessor http) : IAuthorizationHandler
{
    public const string OrganizationHeader = "X-Organization-Id";

    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        if (http.HttpContext is not { } request || request.Features.Get<Caller>() is not { } caller)
            return Task.CompletedTask;

        foreach (var requirement in context.PendingRequirements.ToList())
        {
            var refusal = requirement switch
            {
                ScopeRequirement { Scope: var scope } when !caller.Has(scope) => $"The key lacks the scope {scope}.",
                OwnOrganizationRequirement when !NamesOwn(request.Request, caller) => $"{OrganizationHeader} names another organisation than the key's.",
                PlatformAdminRequirement when !caller.Key.IsPlatformAdmin => "Only a platform administrator's key may do this.",
                _ => null,
            };
            if (refusal is not null)
                context.Fail(new AuthorizationFailureReason(this, refusal));
            else if (requirement is ScopeRequirement or OwnOrganizationRequirement or PlatformAdminRequirement)
                context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    private static bool NamesOwn(HttpRequest request, Caller caller)
    {
        var named = request.Headers[OrganizationHeader];
        return named.Count == 0 || (named.Count == 1 && (named[0] is "" || (Guid.TryParse(named[0], out var id) && id == caller.OrgId)));
    }
}
