using System.Security.Cryptography;
using System.Text;
using Kinema.Core.Storage;

namespace Kinema.Storage.Keys;

/// <summary>Encrypts texts at rest: AES-256-GCM, a new nonce each time, bound to the row (id and organisation).</summary>
/// <remarks>Layout: nonce (12), tag (16), cipher text. A text copied to another row cannot be decrypted.</remarks>
internal sealed class SecretBox(ISigningKeys keys)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public byte[] Seal(string text, Guid id, Guid orgId)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedText = new byte[NonceLength + TagLength + plain.Length];
        var nonce = sealedText.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = Cipher();
        aes.Encrypt(nonce, plain, sealedText.AsSpan(NonceLength + TagLength), sealedText.AsSpan(NonceLength, TagLength), RowOf(id, orgId));
        CryptographicOperations.ZeroMemory(plain);
        return sealedText;
    }

    /// <exception cref="CryptographicException">Sealed with another key, for another row, or changed since.</exception>
    public string Open(ReadOnlySpan<byte> sealedText, Guid id, Guid orgId)
    {
        if (sealedText.Length < NonceLength + TagLength)
            throw new CryptographicException($"A sealed text has at least {NonceLength + TagLength} bytes; got {sealedText.Length}.");

        var plain = new byte[sealedText.Length - NonceLength - TagLength];
        using var aes = Cipher();
        aes.Decrypt(sealedText[..NonceLength], sealedText[(NonceLength + TagLength)..], sealedText.Slice(NonceLength, TagLength), plain, RowOf(id, orgId));
        return Encoding.UTF8.GetString(plain);
    }

    private AesGcm Cipher() => new(keys.Derive("secrets at rest"), TagLength);

    private static byte[] RowOf(Guid id, Guid orgId) => [.. id.ToByteArray(bigEndian: true), .. orgId.ToByteArray(bigEndian: true)];
}
