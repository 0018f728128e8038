using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Kinema.Client;

/// <summary>The <c>Runflow-Signature</c> header: lowercase hex of HMAC-SHA256 over the raw body, keyed by the secret's whole text.</summary>
/// <remarks>It does not tell a replay from the first time; <see cref="StandardWebhookSignature"/> does, and both are sent.</remarks>
public static class CallbackSignature
{
    /// <summary>The name of the header.</summary>
    public const string HeaderName = "Runflow-Signature";

    private static readonly SearchValues<char> _lowercaseHex = SearchValues.Create("0123456789abcdef");

    /// <summary>True when the body is the one that was signed. Takes as long for a near miss as for a far one.</summary>
    /// <param name="body">The bytes as received, before anything parsed them.</param>
    /// <param name="secret">As it was shown at its creation, <c>whsec_</c> included.</param>
    /// <param name="signature">The header's value; null where it was not sent.</param>
    public static bool Verify(ReadOnlySpan<byte> body, string secret, string? signature)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        if (signature is not { Length: 64 } || signature.AsSpan().ContainsAnyExcept(_lowercaseHex))
            return false;

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, expected);
        return CryptographicOperations.FixedTimeEquals(expected, Convert.FromHexString(signature));
    }

    /// <summary>The header's value for a body: for tests of receivers.</summary>
    public static string Sign(ReadOnlySpan<byte> body, string secret)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
    }
}
