using System.Reflection;
using System.Security.Cryptography;
using Kinema.Pages.Modules;

namespace Kinema.Pages.Components;

/// <summary>The one style sheet of all pages: the layout's, then what capabilities add. Its URL names its content, so that browsers keep it.</summary>
internal sealed class StyleSheet
{
    public const string Path = "/pages/kinema.css";

    private const string Prefix = "styles/";

    public StyleSheet(IEnumerable<PageModuleSource> sources)
    {
        using var bytes = new MemoryStream();
        foreach (var source in sources)
            AppendTo(bytes, source.Assembly);
        Bytes = bytes.ToArray();
        Url = $"{Path}?v={Convert.ToHexStringLower(SHA256.HashData(Bytes).AsSpan(0, 8))}";
    }

    public byte[] Bytes { get; }

    public string Url { get; }

    private static void AppendTo(MemoryStream bytes, Assembly assembly)
    {
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            stream.CopyTo(bytes);
        }
    }
}
