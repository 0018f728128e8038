using System.Text.Json.Nodes;
using Kinema.Core.Json;
using Kinema.Core.Keys;
using Kinema.Core.Lists;

namespace Kinema.Server.Keys;

internal static class KeyPresenter
{
    private static readonly FilterField _createdAt = new("created_at", FilterValueKind.Time, IsSortable: true);

    private static readonly RecordWriter<ApiKey> _record = new(
        ("id", (w, n, k) => w.WriteString(n, k.Id)),
        ("org_id", (w, n, k) => w.WriteString(n, k.OrgId)),
        ("name", (w, n, k) => w.WriteString(n, k.Name)),
        ("prefix", (w, n, k) => w.WriteString(n, k.Prefix)),
        ("scopes", (w, n, k) => w.WriteTexts(n, k.Scopes)),
        ("expires_at", (w, n, k) => w.WriteTime(n, k.ExpiresAt)),
        ("revoked_at", (w, n, k) => w.WriteTime(n, k.RevokedAt)),
        ("last_used_at", (w, n, k) => w.WriteTime(n, k.LastUsedAt)),
        ("created_at", (w, n, k) => w.WriteTime(n, k.CreatedAt)));

    public static JsonList<ApiKey> List { get; } = new(
        new ListSchema
        {
            Item = "a key",
            Fields =
            [
                new("id", FilterValueKind.Id),
                new("name", FilterValueKind.Text, IsSortable: true),
                new("prefix", FilterValueKind.Text),
                new("expires_at", FilterValueKind.Time, IsSortable: true),
                new("revoked_at", FilterValueKind.Time, IsSortable: true),
                new("last_used_at", FilterValueKind.Time, IsSortable: true),
                _createdAt,
            ],
            Order = [new(_createdAt, Descending: true)],
            Members = _record.Names,
        },
        _record);

    /// <summary>Only this answer contains the key.</summary>
    public static byte[] PresentCreated(ApiKey key, string token) => WireJson.Write(writer =>
    {
        writer.WriteStartObject();
        _record.WriteMembers(writer, key);
        writer.WriteString("key", token);
        writer.WriteEndObject();
    });

    public static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);
}
