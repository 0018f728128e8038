using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Kinema.Pages.Http;

namespace Kinema.Pages.Modules;

/// <summary>
/// The ES modules of pages. One digest of all stands in the path before their names, so that browsers keep them for good and <c>import "./other.js"</c> is right
/// without a bundler.
/// </summary>
internal sealed class PageModules
{
    public const string Route = "/pages/modules/{version}/{name}";

    private const string Prefix = "modules/";

    private readonly FrozenDictionary<string, StaticContent> _files;

    public PageModules(IEnumerable<PageModuleSource> sources)
    {
        _files = sources.SelectMany(Read).ToFrozenDictionary(file => file.Name, file => file.Content);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, content) in _files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            digest.AppendData(Encoding.UTF8.GetBytes(name));
            digest.AppendData(SHA256.HashData(content.Plain));
        }

        Version = Convert.ToHexStringLower(digest.GetHashAndReset().AsSpan(0, 8));
    }

    public string Version { get; }

    /// <exception cref="ArgumentException">There is no such module.</exception>
    public string Path(string name) =>
        _files.ContainsKey(name) ? $"/pages/modules/{Version}/{name}" : throw new ArgumentException($"There is no module {name}.", nameof(name));

    /// <summary>The module, or null. Another version's is not this one.</summary>
    public StaticContent? Find(string version, string name) => version == Version ? _files.GetValueOrDefault(name) : null;

    private static IEnumerable<(string Name, StaticContent Content)> Read(PageModuleSource source)
    {
        foreach (var name in source.Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = source.Assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            yield return (name[Prefix.Length..], new(bytes));
        }
    }
}
