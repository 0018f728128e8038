using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kinema.Client;

/// <summary>
/// The three headers of the Standard Webhooks specification: base64 of HMAC-SHA256 over <c>id.timestamp.body</c>, keyed by the decoded secret, one
/// signature for each live secret, so that a secret can be changed without missing a call.
/// </summary>
public static class StandardWebhookSignature
{
    /// <summary>Names the message; the same on every try, so that a repeat can be told.</summary>
    public const string IdHeaderName = "webhook-id";

    /// <summary>Unix seconds of the try.</summary>
    public const string TimestampHeaderName = "webhook-timestamp";

    /// <summary>Signatures, separated by spaces, each <c>v1,</c> and base64.</summary>
    public const string SignatureHeaderName = "webhook-signature";

    /// <summary>How far the sender's clock and ours may lie apart where the caller names nothing else.</summary>
    public static TimeSpan DefaultTolerance { get; } = TimeSpan.FromMinutes(5);

    /// <summary>True when one of the signatures is this secret's and the message is as young as it should be.</summary>
    /// <param name="body">The bytes as received.</param>
    /// <param name="secret">As it was shown at its creation, with or without <c>whsec_</c>.</param>
    /// <param name="id">The id header.</param>
    /// <param name="timestamp">The timestamp header.</param>
    /// <param name="signatures">The signature header.</param>
    /// <param name="now">Our clock.</param>
    /// <param name="tolerance">Past or future; <see cref="DefaultTolerance"/> where null.</param>
    public static bool Verify(
        ReadOnlySpan<byte> body, string secret, string? id, string? timestamp, string? signatures, DateTimeOffset now, TimeSpan? tolerance = null)
    {
        if (id is null || signatures is null || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return false;
        if (Math.Abs((double)now.ToUnixTimeSeconds() - seconds) > (tolerance ?? DefaultTolerance).TotalSeconds)
            return false;

        var expected = Encoding.ASCII.GetBytes(Sign(body, secret, id, seconds));
        var valid = false;
        foreach (var candidate in signatures.Split(' '))
            valid |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(candidate));
        return valid;
    }

    /// <summary>One signature as the header lists it: for tests of receivers.</summary>
    /// <exception cref="FormatException">The secret is not base64.</exception>
    public static string Sign(ReadOnlySpan<byte> body, string secret, string id, long timestamp)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        const string prefix = "whsec_";
        var key = Convert.FromBase64String(secret.StartsWith(prefix, StringComparison.Ordinal) ? secret[prefix.Length..] : secret);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")));
        hmac.AppendData(body);
        return "v1," + Convert.ToBase64String(hmac.GetHashAndReset());
    }
}
