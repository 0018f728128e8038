using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Naming;
using Kinema.Wan.Images;

namespace Kinema.Wan.Pipelines;

/// <summary>Reads a checkpoint from single files, or from a folder in which single files replace components.</summary>
internal static class CheckpointFiles
{
    /// <summary>wan/configs/wan_i2v_A14B.py of Wan-Video/Wan2.2.</summary>
    private const double DefaultBoundaryRatio = 0.9;

    // Beside the text encoder, or in the folder as in the repositories of diffusers and Wan.
    private static readonly string[] _tokenizers = ["spiece.model", "tokenizer.json", "tokenizer", Path.Combine("google", "umt5-xxl")];

    /// <exception cref="CheckpointException">A component is missing, damaged or of another model, or several files match.</exception>
    public static Checkpoint Read(WanFiles files)
    {
        if (files.Folder is { } folder && File.Exists(Path.Combine(folder, "model_index.json")))
            return CheckpointFolder.Read(folder, files);

        var search = FileSearch.In(files.Folder);
        var (high, low) = TransformerSelection.Select(files, search);
        var config = high.Config;

        // Qwen-Image's VAE has the shape of VAE 2.1.
        var vae = new ComponentSelector(search, ModelKind.Vae, "VAE", nameof(WanFiles.Vae), files.Vae) { FileNameHint = "wan" }
            .Select(ComponentConfig.Vae, ComponentValidator.Vae, vae => vae.LatentChannels, config.OutChannels, "latent channels");
        var text = new ComponentSelector(search, ModelKind.TextEncoder, "text encoder", nameof(WanFiles.TextEncoder), files.TextEncoder)
            .Select(ComponentConfig.Text, ComponentValidator.Text, text => text.Dim, config.TextDim, "text channels");
        var clip = config.ImageDim is not { } imageDim ? default : new ComponentSelector(search, ModelKind.ImageEncoder, "image encoder", nameof(WanFiles.ImageEncoder), files.ImageEncoder)
            .Select(ComponentConfig.Clip, ComponentValidator.Clip, clip => clip.HiddenSize, imageDim, "image channels");

        var paths = new Dictionary<ComponentName, string> { [ComponentName.Transformer] = high.Path, [ComponentName.Vae] = vae.Path, [ComponentName.TextEncoder] = text.Path };
        if (low is not null)
            paths[ComponentName.Transformer2] = low.Path;
        if (clip.Config is not null)
            paths[ComponentName.ImageEncoder] = clip.Path;

        var checkpoint = new Checkpoint
        {
            Name = high.Path,
            Paths = paths,
            Tokenizer = files.Tokenizer ?? FindTokenizer(text.Path, files.Folder),
            Transformer = config,
            Vae = vae.Config,
            Text = text.Config,
            Clip = clip.Config,
            ClipPixels = clip.Config is null ? null : ClipPixels.Square(clip.Config.ImageSize),
            ExpandTimesteps = high.Family == WanFamily.Wan22TextImageToVideo,
            BoundaryRatio = low is null ? null : DefaultBoundaryRatio,
        };
        _ = checkpoint.Family;
        return checkpoint;
    }

    private static string FindTokenizer(string textEncoder, string? folder)
    {
        if (File.Exists(textEncoder) && Path.GetExtension(textEncoder) != ".json" && EmbeddedTokenizer.IsIn(textEncoder))
            return textEncoder;

        var encoderFolder = Directory.Exists(textEncoder) ? textEncoder : Path.GetDirectoryName(Path.GetFullPath(textEncoder))!;
        string[] folders = folder is null ? [encoderFolder] : [encoderFolder, folder];
        return folders.SelectMany(path => _tokenizers.Select(name => Path.Combine(path, name))).FirstOrDefault(Path.Exists)
            ?? throw new CheckpointException(
                $"{textEncoder} carries no tokenizer (tensor \"spiece_model\"), and there is no spiece.model or tokenizer.json beside it. {TokenizerLoader.Remedy}.");
    }
}
