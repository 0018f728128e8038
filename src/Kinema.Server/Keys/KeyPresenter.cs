using System.Text.Json.Nodes;
using Kinema.Core.Json;
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
        ["expires_at"] = Time(key.ExpiresAt),
        ["revoked_at"] = Time(key.RevokedAt),
        ["last_used_at"] = Time(key.LastUsedAt),
        ["created_at"] = Time(key.CreatedAt),
    };

    private static string? Time(DateTimeOffset? time) => time is { } value ? WireJson.Time(value) : null;

    public static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);
}
