using System.Security.Cryptography;

namespace Kinema.Core.Catalog;

/// <summary>Ids of what is not stored: the same at every reading and on every server.</summary>
internal static class DerivedId
{
    /// <summary>A UUID of version 8 (RFC 9562) from the first 16 bytes of the SHA-256 of a name.</summary>
    public static Guid Of(ReadOnlySpan<byte> name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(name, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
