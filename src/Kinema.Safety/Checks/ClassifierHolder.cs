using Kinema.Core.Safety;
using Kinema.Safety.Classifiers;
using Microsoft.Extensions.Options;

namespace Kinema.Safety.Checks;

/// <summary>The configured classifier. It is loaded at the start, or at the first use after one that failed: an operator who puts the file right needs no restart.</summary>
internal sealed class ClassifierHolder(IOptions<SafetyOptions> options) : IDisposable
{
    private readonly Lock _loading = new();
    private readonly Lazy<ClassifierManifest> _manifest = new(() => Read(options.Value.Classifier));
    private OnnxClassifier? _loaded;
    private bool _hasLibrary;

    public ClassifierManifest Manifest => _manifest.Value;

    public ClassifierFacts Facts => new(Manifest.Name, Manifest.Sha256);

    /// <exception cref="BrokenClassifierException">It cannot be loaded.</exception>
    public OnnxClassifier Get()
    {
        lock (_loading)
        {
            if (_loaded is not null)
                return _loaded;

            var folder = Path.GetDirectoryName(Path.GetFullPath(options.Value.Classifier))!;
            _hasLibrary = _hasLibrary || OnnxLibrary.Register(options.Value.OnnxRuntimePath, folder);
            return _loaded = OnnxClassifier.Load(Manifest, folder, options.Value.Threads);
        }
    }

    public void Dispose() => _loaded?.Dispose();

    private static ClassifierManifest Read(string path)
    {
        var (manifest, problem) = ClassifierManifest.Read(path);
        return manifest ?? throw new BrokenClassifierException($"Safety:Classifier {problem}");
    }
}
