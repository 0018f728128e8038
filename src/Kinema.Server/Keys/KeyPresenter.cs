using System.Text.Json.Nodes;
using Kinema.Core.Keys;

namespace Kinema.Server.Keys;

internal static class KeyPresenter
{
    public static JsonObject Present(ApiKey key) => new()
    {
        ["id"] = key.Id,
        ["org_id"] = key.OrgId,
        ["name"] = key.Name,
        ["prefix"] = key.Prefix,
        ["scopes"] = Texts(key.Scopes),
        ["expires_at"] = key.ExpiresAt,
        ["revoked_at"] = key.RevokedAt,
        ["last_used_at"] = key.LastUsedAt,
        ["created_at"] = key.CreatedAt,
    };

    public static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);
}
