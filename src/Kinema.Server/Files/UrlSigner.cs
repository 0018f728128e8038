using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kinema.Core.Storage;

namespace Kinema.Server.Files;

/// <summary>Signs kind, organisation, key and expiry of a URL. All processes that share the store accept the same signatures.</summary>
internal sealed class UrlSigner(ISigningKeys keys)
{
    private byte[]? _key;

    public string Sign(string kind, Guid orgId, string key, long expires) => Base64Url.EncodeToString(Mac(kind, orgId, key, expires));

    public bool Verifies(string kind, Guid orgId, string key, long expires, string? signature)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return signature?.Length == Base64Url.GetEncodedLength(given.Length)
            // The Try forms throw on what is no Base64.
            && Base64Url.DecodeFromChars(signature, given, out _, out var written) == OperationStatus.Done
            && written == given.Length
            && CryptographicOperations.FixedTimeEquals(given, Mac(kind, orgId, key, expires));
    }

    private byte[] Mac(string kind, Guid orgId, string key, long expires) => HMACSHA256.HashData(
        _key ??= keys.Derive("signed-urls"),
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind}\n{orgId:N}\n{expires}\n{key}")));
}
