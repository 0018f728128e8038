using System.Reflection;
using System.Security.Cryptography;
using Kinema.Pages.Http;
using Kinema.Pages.Modules;

namespace Kinema.Pages.Components;

/// <summary>The one style sheet of all pages: the layout's, then what capabilities add. Its URL names its content, so that browsers keep it.</summary>
internal sealed class StyleSheet
{
    public const string Path = "/pages/kinema.css";

    private const string Prefix = "styles/";

    public StyleSheet(IEnumerable<PageModuleSource> sources)
    {
        using var buffer = new MemoryStream();
        foreach (var source in sources)
            AppendTo(buffer, source.Assembly);
        var bytes = buffer.ToArray();
        Content = new(bytes);
        Url = $"{Path}?v={Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}";
    }

    public StaticContent Content { get; }

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
