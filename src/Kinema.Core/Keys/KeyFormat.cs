using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Kinema.Core.Keys;

/// <summary>
/// The form of every key: a prefix that names its kind, 10 characters for look-up, 32 random ones (165 bits) and a checksum of 6, all lower-case letters and digits.
/// </summary>
/// <remarks>The checksum allows rejecting mistyped or truncated keys, and detecting leaked keys with a scanner, without a query.</remarks>
internal static class KeyFormat
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int LookupLength = 10;
    private const int SecretLength = 32;
    private const int ChecksumLength = 6;
    private static readonly SearchValues<char> _allowedCharacters = SearchValues.Create(Alphabet);

    public static string Create(string prefix)
    {
        var body = prefix + RandomNumberGenerator.GetString(Alphabet, LookupLength + SecretLength);
        return body + Checksum(body);
    }

    /// <summary>Whether the text has this prefix, the right characters and the right checksum.</summary>
    public static bool IsWellFormed(string? text, string prefix) =>
        text is not null
        && text.StartsWith(prefix, StringComparison.Ordinal)
        && text.Length == prefix.Length + LookupLength + SecretLength + ChecksumLength
        && !text.AsSpan(prefix.Length).ContainsAnyExcept(_allowedCharacters)
        && text.AsSpan(text.Length - ChecksumLength).SequenceEqual(Checksum(text[..^ChecksumLength]));

    /// <summary>The first part, which may be shown and stored in the clear.</summary>
    public static string PublicPartOf(string key) => key[..^(SecretLength + ChecksumLength)];

    /// <summary>Returns the SHA-256 hash to store. A random key needs no slow hash.</summary>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.ASCII.GetBytes(key));

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
