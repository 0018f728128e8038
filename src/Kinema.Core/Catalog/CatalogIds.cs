using System.Security.Cryptography;
using System.Text;

namespace Kinema.Core.Catalog;

/// <summary>
/// Derives the ids of everything that a manifest describes and that has no id there, so that they are the same on every server and after every restart:
/// UUIDs of version 8 (RFC 9562) from the first 16 bytes of the SHA-256 of a path.
/// </summary>
internal static class CatalogIds
{
    /// <summary>Of a row of a model: <c>{model id}/input/{name}</c>.</summary>
    public static Guid OfRow(ModelManifest model, string kind, string name) => Derive($"{model.Id:D}/{kind}/{name}");

    /// <summary>Of the owner of models: <c>creator/{slug}</c>.</summary>
    public static Guid OfCreator(string slug) => Derive($"creator/{slug}");

    private static Guid Derive(string path)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(path)).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
