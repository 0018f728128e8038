using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kinema.Client;

/// <summary>
/// The three headers of the Standard Webhooks specification: base64 of HMAC-SHA256 over <c>id.timestamp.body</c>, keyed by the decoded secret. There
/// is one signature for each active secret, so that secrets can be rotated without missing a callback.
/// </summary>
public static class StandardWebhookSignature
{
    /// <summary>Message id; the same for every attempt, so that receivers can detect repeats.</summary>
    public const string IdHeaderName = "webhook-id";

    /// <summary>Time of the attempt, Unix seconds.</summary>
    public const string TimestampHeaderName = "webhook-timestamp";

    /// <summary>Signatures separated by spaces, each <c>v1,</c> followed by base64.</summary>
    public const string SignatureHeaderName = "webhook-signature";

    /// <summary>Verifies that one of the signatures matches the secret and that the timestamp is within the tolerance, past or future.</summary>
    internal static bool Verify(ReadOnlySpan<byte> body, string secret, string? id, string? timestamp, string? signatures, DateTimeOffset now, TimeSpan tolerance)
    {
        if (id is null || signatures is null || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return false;
        if (Math.Abs((double)now.ToUnixTimeSeconds() - seconds) > tolerance.TotalSeconds)
            return false;

        var expected = Encoding.ASCII.GetBytes(Sign(body, secret, id, seconds));
        var valid = false;
        foreach (var candidate in signatures.Split(' '))
            valid |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(candidate));
        return valid;
    }

    /// <summary>Computes one signature of the header, for tests of receivers.</summary>
    /// <param name="body">The body.</param>
    /// <param name="secret">Secret as shown at creation, with or without <c>whsec_</c>.</param>
    /// <param name="id">Value of the id header.</param>
    /// <param name="timestamp">Value of the timestamp header.</param>
    /// <exception cref="FormatException">The secret is not base64, or is empty.</exception>
    public static string Sign(ReadOnlySpan<byte> body, string secret, string id, long timestamp)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        const string prefix = "whsec_";
        var key = Convert.FromBase64String(secret.StartsWith(prefix, StringComparison.Ordinal) ? secret[prefix.Length..] : secret);

        // Anybody can sign with an empty key.
        if (key.Length == 0)
            throw new FormatException("The secret is empty.");
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")));
        hmac.AppendData(body);
        return "v1," + Convert.ToBase64String(hmac.GetHashAndReset());
    }
}
