using System.Text.RegularExpressions;
using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Naming;
using Kinema.Wan.Transformer;

namespace Kinema.Wan.Pipelines;

/// <summary>A transformer's files, identified by their headers.</summary>
/// <param name="Path">The path.</param>
/// <param name="Config">The configuration.</param>
/// <param name="Family">The model family.</param>
internal sealed partial record TransformerFile(string Path, WanTransformerConfig Config, WanFamily Family)
{
    /// <exception cref="CheckpointException">The transformer is not an image-to-video model's; the message says which it is, or names a tensor.</exception>
    public static TransformerFile Read(string path)
    {
        using var set = TensorSet.Open(path, ModelKind.Transformer);
        var config = ComponentConfig.Transformer(set);
        ComponentValidator.Transformer(set, config);
        return new(path, config, FamilyDetector.Detect(config) ?? throw UnsupportedVariants.ExceptionFor(path, config));
    }

    /// <summary>Whether the file's name, or else its folder's, contains "high"; null if it contains neither high nor low.</summary>
    public bool? IsForHighNoise => NoiseLevelIn(System.IO.Path.GetFileName(Path)) ?? NoiseLevelIn(System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(Path)) ?? "");

    private static bool? NoiseLevelIn(string name)
    {
        var levels = NoiseLevel().Matches(name).Select(match => match.Value.ToUpperInvariant()).Distinct().ToList();
        return levels is [var only] ? only == "HIGH" : null;
    }

    [GeneratedRegex("(?<![a-z])(high|low)(?=noise|[^a-z]|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoiseLevel();
}
