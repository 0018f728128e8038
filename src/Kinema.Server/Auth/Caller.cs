using Kinema.Core.Keys;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Auth;

/// <summary>The authenticated caller: the API key and its organisation. Every use case takes the organisation only from here.</summary>
/// <param name="Key">The key.</param>
/// <param name="IsVisitor">Whether a browser's session stands for the key.</param>
internal sealed record Caller(ApiKey Key, bool IsVisitor = false)
{
    public Guid OrgId => Key.OrgId;

    public bool Has(string scope) => Key.Scopes.Contains(scope);

    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<Caller>());
}
