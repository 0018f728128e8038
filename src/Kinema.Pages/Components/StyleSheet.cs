using System.Security.Cryptography;

namespace Kinema.Pages.Components;

/// <summary>The style sheet of all pages. Its URL names its content, so that browsers keep it.</summary>
internal sealed class StyleSheet
{
    public const string Path = "/pages/kinema.css";

    public StyleSheet()
    {
        using var stream = typeof(StyleSheet).Assembly.GetManifestResourceStream("kinema.css")!;
        Bytes = new byte[stream.Length];
        stream.ReadExactly(Bytes);
        Url = $"{Path}?v={Convert.ToHexStringLower(SHA256.HashData(Bytes).AsSpan(0, 8))}";
    }

    public byte[] Bytes { get; }

    public string Url { get; }
}
