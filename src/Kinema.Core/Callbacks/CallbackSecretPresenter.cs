using System.Text.Json;
using Kinema.Core.Json;

namespace Kinema.Core.Callbacks;

/// <summary>Writes a callback secret as JSON; only the response that creates it contains the text.</summary>
public static class CallbackSecretPresenter
{
    public static byte[] Present(CallbackSecret secret) => WireJson.Write(writer => Write(writer, secret, null));

    public static byte[] PresentCreated(CallbackSecret secret, string plainSecret) => WireJson.Write(writer => Write(writer, secret, plainSecret));

    public static byte[] PresentAll(IEnumerable<CallbackSecret> secrets) => WireJson.WriteList(secrets, (writer, secret) => Write(writer, secret, null));

    private static void Write(Utf8JsonWriter writer, CallbackSecret secret, string? plainSecret)
    {
        writer.WriteStartObject();
        writer.WriteString("id", secret.Id);
        writer.WriteString("org_id", secret.OrgId);
        writer.WriteString("key_prefix", secret.KeyPrefix);
        writer.WriteBoolean("is_current", secret.IsCurrent);
        writer.WriteString("label", secret.Label);
        writer.WriteTime("disabled_at", secret.DisabledAt);
        writer.WriteTime("last_used_at", secret.LastUsedAt);
        writer.WriteTime("created_at", secret.CreatedAt);
        writer.WriteTime("updated_at", secret.UpdatedAt);
        if (plainSecret is not null)
            writer.WriteString("plain_secret", plainSecret);
        writer.WriteEndObject();
    }
}
