using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kinema.Core.Callbacks;

/// <summary>The headers of one callback attempt, and the secret that signed it (null when the organisation has none).</summary>
public sealed record SignedCallback(IReadOnlyList<KeyValuePair<string, string>> Headers, Guid? SigningSecretId);

/// <summary>
/// Creates the headers of a callback: <c>Runflow-Signature</c> over the body alone, and the Standard Webhooks headers over id, time and body.
/// </summary>
/// <remarks>
/// The two schemes use different keys, as their specifications require: the first on the UTF-8 text of the whole secret (<c>whsec_</c> included),
/// the second on the bytes that the text after <c>whsec_</c> encodes.
/// </remarks>
public static class CallbackSigner
{
    public const string RequestIdHeader = "Runflow-Request-Id";
    public const string SignatureHeader = "Runflow-Signature";
    public const string WebhookIdHeader = "webhook-id";
    public const string WebhookTimestampHeader = "webhook-timestamp";
    public const string WebhookSignatureHeader = "webhook-signature";

    private const string SecretPrefix = "whsec_";

    /// <param name="secrets">All active secrets, the current one first; empty sends the callback unsigned.</param>
    /// <param name="deliveryId">Same for all attempts of a delivery, so that receivers can detect repeats.</param>
    /// <param name="requestId">The request id of the create call.</param>
    /// <param name="sentAt">The time of this attempt.</param>
    /// <param name="body">Bytes to send.</param>
    public static SignedCallback Sign(
        IReadOnlyList<LiveSecret> secrets, Guid deliveryId, string requestId, DateTimeOffset sentAt, ReadOnlySpan<byte> body)
    {
        var id = deliveryId.ToString();
        var timestamp = sentAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var headers = new List<KeyValuePair<string, string>>
        {
            new("Content-Type", "application/json"),
            new(RequestIdHeader, requestId),
            new(WebhookIdHeader, id),
            new(WebhookTimestampHeader, timestamp),
        };

        if (secrets.Count == 0)
            return new SignedCallback(headers, null);

        var current = secrets.FirstOrDefault(secret => secret.IsCurrent) ?? secrets[0];
        headers.Add(new(SignatureHeader, HexSignature(current.Text, body)));

        var signatures = new List<string>(secrets.Count);
        foreach (var secret in secrets)
        {
            if (WebhookSignature(secret.Text, id, timestamp, body) is { } signature)
                signatures.Add(signature);
        }

        if (signatures.Count > 0)
            headers.Add(new(WebhookSignatureHeader, string.Join(' ', signatures)));
        return new SignedCallback(headers, current.Id);
    }

    internal static string HexSignature(string secret, ReadOnlySpan<byte> body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    /// <summary>Returns null for a text that is not <c>whsec_</c> and base64: the scheme has no key for it.</summary>
    internal static string? WebhookSignature(string secret, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        if (!secret.StartsWith(SecretPrefix, StringComparison.Ordinal) || !Base64.IsValid(secret.AsSpan(SecretPrefix.Length)))
            return null;

        var key = Convert.FromBase64String(secret[SecretPrefix.Length..]);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hmac.AppendData(body);
        return "v1," + Convert.ToBase64String(hmac.GetHashAndReset());
    }
}
