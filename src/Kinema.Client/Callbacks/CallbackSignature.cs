using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Kinema.Client;

/// <summary>The <c>Runflow-Signature</c> header: lowercase hex of HMAC-SHA256 over the raw body, keyed by the complete secret text.</summary>
/// <remarks>It does not protect against replay; <see cref="StandardWebhookSignature"/> does. The server sends both.</remarks>
public static class CallbackSignature
{
    /// <summary>Name of the header.</summary>
    public const string HeaderName = "Runflow-Signature";

    private static readonly SearchValues<char> _lowercaseHex = SearchValues.Create("0123456789abcdef");

    /// <summary>Verifies the signature of a body in constant time.</summary>
    /// <param name="body">Received bytes, before parsing.</param>
    /// <param name="secret">Secret as shown at creation, including <c>whsec_</c>.</param>
    /// <param name="signature">Value of the header; null if it is missing.</param>
    public static bool Verify(ReadOnlySpan<byte> body, string secret, string? signature)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        if (signature is not { Length: 64 } || signature.AsSpan().ContainsAnyExcept(_lowercaseHex))
            return false;

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, expected);
        return CryptographicOperations.FixedTimeEquals(expected, Convert.FromHexString(signature));
    }

    /// <summary>Computes the header value for a body, for tests of receivers.</summary>
    public static string Sign(ReadOnlySpan<byte> body, string secret)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
    }
}
