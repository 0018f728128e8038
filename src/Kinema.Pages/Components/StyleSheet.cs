using System.Security.Cryptography;
using Kinema.Pages.Http;

namespace Kinema.Pages.Components;

/// <summary>The style sheet of all pages. Its URL names its content, so that browsers keep it.</summary>
internal sealed class StyleSheet
{
    public const string Path = "/pages/kinema.css";

    public StyleSheet()
    {
        using var stream = typeof(StyleSheet).Assembly.GetManifestResourceStream("kinema.css")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        Content = new(bytes);
        Url = $"{Path}?v={Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}";
    }

    public StaticContent Content { get; }

    public string Url { get; }
}
