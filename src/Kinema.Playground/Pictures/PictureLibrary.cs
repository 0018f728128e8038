using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Cryptography;
using Kinema.Core.Catalog;

namespace Kinema.Playground.Pictures;

/// <summary>The pictures of the pages: those of the models' cards, and the photographs to start from, which lie beside the program.</summary>
internal sealed class PictureLibrary(ICatalog catalog)
{
    public const string Route = "/playground/pictures/{digest}/{name}";

    private const int DigestBytes = 8;

    private readonly string _samples = Path.Combine(AppContext.BaseDirectory, "samples");
    private readonly ConcurrentDictionary<string, KeptFile> _byPath = new();
    private readonly Lazy<IReadOnlyList<Photograph>> _photographs = new(ReadPhotographs);
    private FrozenDictionary<string, KeptFile>? _byRoute;

    /// <summary>The photographs to start from that are there.</summary>
    public IReadOnlyList<Photograph> Photographs => _photographs.Value;

    public KeptFile Original(Photograph photograph) => Keep(Path.Combine(_samples, photograph.Name));

    public KeptFile Thumbnail(Photograph photograph) => Keep(Path.Combine(_samples, "small", Path.ChangeExtension(photograph.Name, ".jpg")));

    /// <summary>The file of a model's poster or preview, by its whole path.</summary>
    public KeptFile Keep(string path) => _byPath.GetOrAdd(path, Read);

    public KeptFile? Find(string route) => (_byRoute ??= All().ToFrozenDictionary(file => file.Route)).GetValueOrDefault(route);

    /// <summary>A file that two models share is one.</summary>
    private IEnumerable<KeptFile> All() => catalog.Models.SelectMany(model => new[] { model.Poster, model.Preview }).OfType<string>().Select(Keep)
        .Concat(Photographs.SelectMany(photograph => new[] { Original(photograph), Thumbnail(photograph) }))
        .DistinctBy(file => file.Route);

    private static IReadOnlyList<Photograph> ReadPhotographs() =>
        [.. Photograph.All.Where(photograph => File.Exists(Path.Combine(AppContext.BaseDirectory, "samples", photograph.Name)))];

    private static KeptFile Read(string path)
    {
        using var file = File.OpenRead(path);
        var digest = Convert.ToHexStringLower(SHA256.HashData(file).AsSpan(0, DigestBytes));
        var type = Path.GetExtension(path) switch
        {
            ".jpg" => "image/jpeg",
            ".png" => "image/png",
            ".webp" => "image/webp",
            ".webm" => "video/webm",
            _ => "video/mp4",
        };
        return new($"/playground/pictures/{digest}/{Path.GetFileName(path)}", path, type);
    }
}
