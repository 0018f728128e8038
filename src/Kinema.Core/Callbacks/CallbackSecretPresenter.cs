using Kinema.Core.Json;
using Kinema.Core.Lists;

namespace Kinema.Core.Callbacks;

/// <summary>Writes callback secrets as JSON; only the response that creates one contains its text.</summary>
public static class CallbackSecretPresenter
{
    private static readonly FilterField _createdAt = new("created_at", FilterValueKind.Time, IsSortable: true);

    private static readonly RecordWriter<CallbackSecret> _record = new(
        ("id", (w, n, s) => w.WriteString(n, s.Id)),
        ("org_id", (w, n, s) => w.WriteString(n, s.OrgId)),
        ("key_prefix", (w, n, s) => w.WriteString(n, s.KeyPrefix)),
        ("is_current", (w, n, s) => w.WriteBoolean(n, s.IsCurrent)),
        ("label", (w, n, s) => w.WriteString(n, s.Label)),
        ("disabled_at", (w, n, s) => w.WriteTime(n, s.DisabledAt)),
        ("last_used_at", (w, n, s) => w.WriteTime(n, s.LastUsedAt)),
        ("created_at", (w, n, s) => w.WriteTime(n, s.CreatedAt)),
        ("updated_at", (w, n, s) => w.WriteTime(n, s.UpdatedAt)));

    /// <summary>The list of an organisation's secrets, newest first.</summary>
    public static JsonList<CallbackSecret> List { get; } = new(
        new ListSchema
        {
            Item = "a callback secret",
            Fields =
            [
                new("id", FilterValueKind.Id),
                new("key_prefix", FilterValueKind.Text),
                new("is_current", FilterValueKind.Flag, IsSortable: true),
                new("label", FilterValueKind.Text, IsSortable: true),
                new("disabled_at", FilterValueKind.Time, IsSortable: true),
                new("last_used_at", FilterValueKind.Time, IsSortable: true),
                _createdAt,
                new("updated_at", FilterValueKind.Time, IsSortable: true),
            ],
            Order = [new(_createdAt, Descending: true)],
            Members = _record.Names,
        },
        _record);

    public static byte[] Present(CallbackSecret secret) => WireJson.Write(writer => _record.Write(writer, secret));

    public static byte[] PresentCreated(CallbackSecret secret, string plainSecret) => WireJson.Write(writer =>
    {
        writer.WriteStartObject();
        _record.WriteMembers(writer, secret);
        writer.WriteString("plain_secret", plainSecret);
        writer.WriteEndObject();
    });
}
