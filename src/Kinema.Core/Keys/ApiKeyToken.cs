using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Kinema.Core.Keys;

/// <summary>
/// Token of an API key: <c>rf_live_</c> (or <c>rf_svc_</c> for a platform administrator), then 10 characters for look-up,
/// 32 random ones (165 bits) and a checksum of 6, all lower-case letters and digits.
/// </summary>
/// <remarks>The checksum allows rejecting mistyped or truncated keys, and detecting leaked keys with a scanner, without a query.</remarks>
public sealed record ApiKeyToken
{
    public const string LivePrefix = "rf_live_";
    public const string ServicePrefix = "rf_svc_";

    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int LookupLength = 10;
    private const int SecretLength = 32;
    private const int ChecksumLength = 6;
    private static readonly SearchValues<char> _allowedCharacters = SearchValues.Create(Alphabet);

    private ApiKeyToken(string text, bool isPlatformAdmin)
    {
        Text = text;
        IsPlatformAdmin = isPlatformAdmin;
    }

    /// <summary>The whole key.</summary>
    public string Text { get; }

    public bool IsPlatformAdmin { get; }

    /// <summary>The public first part: it may be shown and stored in the clear.</summary>
    public string Prefix => Text[..^(SecretLength + ChecksumLength)];

    public static ApiKeyToken Create(bool isPlatformAdmin)
    {
        var body = (isPlatformAdmin ? ServicePrefix : LivePrefix) + RandomNumberGenerator.GetString(Alphabet, LookupLength + SecretLength);
        return new(body + Checksum(body), isPlatformAdmin);
    }

    /// <summary>Parses a key and verifies its format and checksum, not whether it was issued.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ApiKeyToken? token)
    {
        token = null;
        if (text is null || PrefixOf(text) is not { } prefix || text.Length != prefix.Length + LookupLength + SecretLength + ChecksumLength)
            return false;
        if (text.AsSpan(prefix.Length).ContainsAnyExcept(_allowedCharacters))
            return false;
        if (!text.AsSpan(text.Length - ChecksumLength).SequenceEqual(Checksum(text[..^ChecksumLength])))
            return false;

        token = new(text, prefix == ServicePrefix);
        return true;
    }

    /// <summary>Returns the SHA-256 hash to store. A random key needs no slow hash.</summary>
    public byte[] Hash() => SHA256.HashData(Encoding.ASCII.GetBytes(Text));

    /// <summary>Returns only the public prefix, so that logs never contain the key.</summary>
    public override string ToString() => Prefix + "...";

    private static string? PrefixOf(string text) =>
        text.StartsWith(LivePrefix, StringComparison.Ordinal) ? LivePrefix
        : text.StartsWith(ServicePrefix, StringComparison.Ordinal) ? ServicePrefix
        : null;

    private static string Checksum(string body)
    {
        var number = BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.ASCII.GetBytes(body)));
        return string.Create(ChecksumLength, number, static (characters, left) =>
        {
            for (var i = 0; i < characters.Length; i++, left /= (uint)Alphabet.Length)
                characters[i] = Alphabet[(int)(left % (uint)Alphabet.Length)];
        });
    }
}
