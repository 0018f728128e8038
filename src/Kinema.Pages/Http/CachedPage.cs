using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Kinema.Pages.Http;

/// <summary>A page as it is sent. Manifests and documents are read once, so a page stays the same while the server runs.</summary>
internal sealed class CachedPage
{
    public CachedPage(string text, string contentType)
    {
        Content = new StaticContent(Encoding.UTF8.GetBytes(text));
        ContentType = contentType;
        Tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(Content.Plain).AsSpan(0, 12))}\"", isWeak: true);
    }

    public StaticContent Content { get; }

    public string ContentType { get; }

    /// <summary>Weak, as the packed page has it too.</summary>
    public EntityTagHeaderValue Tag { get; }
}
