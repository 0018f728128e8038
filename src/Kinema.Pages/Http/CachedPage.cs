using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Kinema.Pages.Http;

/// <summary>A page as it is sent. Manifests and documents are read once, so a page stays the same while the server runs.</summary>
internal sealed class CachedPage
{
    public CachedPage(string text, string contentType)
    {
        Bytes = Encoding.UTF8.GetBytes(text);
        ContentType = contentType;
        Tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(Bytes).AsSpan(0, 12))}\"");
    }

    public byte[] Bytes { get; }

    public string ContentType { get; }

    public EntityTagHeaderValue Tag { get; }
}
