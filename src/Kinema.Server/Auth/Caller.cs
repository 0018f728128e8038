using Kinema.Core.Keys;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Auth;

/// <summary>Who asks: the key and, through it, the organisation. Every use case gets the organisation from here and from nowhere else.</summary>
internal sealed record Caller(ApiKey Key)
{
    public Guid OrgId => Key.OrgId;

    public bool Has(string scope) => Key.Scopes.Contains(scope);

    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<Caller>());
}
