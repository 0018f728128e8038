using System.Text.RegularExpressions;
using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Naming;
using Kinema.Wan.Transformer;

namespace Kinema.Wan.Pipelines;

/// <summary>A transformer's files, judged by their headers.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Config">Its configuration.</param>
/// <param name="Family">The models that have such a transformer.</param>
internal sealed partial record TransformerFile(string Path, WanTransformerConfig Config, WanFamily Family)
{
    /// <exception cref="CheckpointException">It is no transformer of an image-to-video model; the message says which it is, or names a tensor.</exception>
    public static TransformerFile Read(string path)
    {
        using var set = TensorSet.Open(path, ModelKind.Transformer);
        var config = PartConfig.Transformer(set);
        PartCheck.Transformer(set, config);
        return new(path, config, FamilyOf(config) ?? throw new CheckpointException(
            config.InChannels == config.OutChannels
                ? $"{path} is the transformer of a text-to-video model: it takes and gives {config.InChannels} channels; there is no place for a picture."
                : $"{path}: a transformer that takes {config.InChannels} channels and gives {config.OutChannels} is none of an image-to-video model of Wan 2.1 or 2.2."));
    }

    /// <summary>Whether its name, or else its folder's, says that it is for high noise; null where it says neither high nor low.</summary>
    public bool? IsForHighNoise => Says(System.IO.Path.GetFileName(Path)) ?? Says(System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(Path)) ?? "");

    private static WanFamily? FamilyOf(WanTransformerConfig config)
    {
        if (config.InChannels == config.OutChannels)
            return config.OutChannels == Vae.VaeConfig.Wan22.LatentChannels ? WanFamily.Wan22TextImageToVideo : null;

        // Latents, a mask of one channel for each frame of a latent frame, and the picture's latents.
        if (config.InChannels != (2 * config.OutChannels) + Vae.VaeConfig.Wan21.TemporalFactor)
            return null;

        return config.ImageDim is null ? WanFamily.Wan22ImageToVideo
            : config.ImagePositions is null ? WanFamily.Wan21ImageToVideo : WanFamily.Wan21FirstLastFrame;
    }

    private static bool? Says(string name)
    {
        var levels = NoiseLevel().Matches(name).Select(match => match.Value.ToUpperInvariant()).Distinct().ToList();
        return levels is [var only] ? only == "HIGH" : null;
    }

    [GeneratedRegex("(?<![a-z])(high|low)(?=noise|[^a-z]|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoiseLevel();
}
