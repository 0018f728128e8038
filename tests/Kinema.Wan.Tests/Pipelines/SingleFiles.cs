using Kinema.Wan.Checkpoints;
using Kinema.Wan.Tests.Checkpoints;
using Kinema.Wan.Tests.Fixtures;
using Kinema.Wan.Tests.Text;

namespace Kinema.Wan.Tests.Pipelines;

/// <summary>A checkpoint of the fixtures, rewritten as single files with the tensor names of published files.</summary>
internal sealed class SingleFiles : IDisposable
{
    private const torch.ScalarType E4M3 = (torch.ScalarType)24;

    private readonly TemporaryFolder _folder = new();
    private readonly string _name;

    public SingleFiles(string name) => _name = name;

    public string Folder => _folder.Path;

    /// <summary>ComfyUI's folders. What no shape of so small a model shows, how many heads there are, a config beside the file says.</summary>
    public void WriteComfyFolders()
    {
        WriteTransformer(Has("transformer_2") ? "diffusion_models/wan2.2_i2v_high_noise_14B_fp16.safetensors" : "diffusion_models/wan.safetensors", "transformer");
        if (Has("transformer_2"))
            WriteTransformer("diffusion_models/wan2.2_i2v_low_noise_14B_fp16.safetensors", "transformer_2");
        WriteVae("vae/wan_vae.safetensors");
        WriteText("text_encoders/umt5_xxl_fp16.safetensors");
        if (Has("image_encoder"))
            WriteClip("clip_vision/clip_vision_h.safetensors");
    }

    /// <summary>Everything in one file, with the prefixes such files have.</summary>
    public void WriteAllInOne(string file)
    {
        var writer = new SafetensorsWriter();
        AddTransformer(writer, "transformer", "model.diffusion_model.");
        AddVae(writer, "vae.");
        AddText(writer, "text_encoders.umt5xxl.", "text_encoders.umt5xxl.transformer.");
        writer.Save(PathOf(file));
        CopyConfig("transformer", file);
    }

    public string WriteTransformer(string file, string part)
    {
        var writer = new SafetensorsWriter();
        AddTransformer(writer, part, "");
        CopyConfig(part, file);
        return writer.Save(PathOf(file));
    }

    /// <summary>The matrices in 8 bits with a scale each, and the same numbers in float32.</summary>
    public (string Scaled, string Wide) WriteScaledTransformer(string part)
    {
        using var scope = torch.NewDisposeScope();
        using var weights = Load(part);
        var (scaled, unscaled) = (new SafetensorsWriter(), new SafetensorsWriter());
        scaled.Add("scaled_fp8", torch.zeros(2).to_type(E4M3));
        foreach (var name in weights.Names)
        {
            var (tensor, original) = (weights.Peek(name), OriginalNames.Transformer(name));
            if (tensor.dim() != 2)
            {
                scaled.Add(original, tensor);
                unscaled.Add(original, tensor);
                continue;
            }

            var scale = tensor.abs().max() / 448;
            var small = (tensor / scale).to_type(E4M3);
            scaled.Add(original, small);
            scaled.Add(original[..^".weight".Length] + ".scale_weight", scale);
            scaled.Add(original[..^".weight".Length] + ".scale_input", torch.ones([]));
            unscaled.Add(original, small.to_type(torch.float32) * scale);
        }

        CopyConfig(part, "scaled.safetensors");
        CopyConfig(part, "unscaled.safetensors");
        return (scaled.Save(PathOf("scaled.safetensors")), unscaled.Save(PathOf("unscaled.safetensors")));
    }

    /// <summary>The text encoder's matrices in 8 bits with a scale for each row.</summary>
    public string WriteScaledText(string file)
    {
        using var scope = torch.NewDisposeScope();
        using var weights = Load("text_encoder");
        var writer = new SafetensorsWriter();
        foreach (var name in weights.Names)
        {
            var tensor = weights.Peek(name);
            if (tensor.dim() == 2)
            {
                var scale = tensor.abs().amax([1], keepdim: true) / 448;
                writer.Add(name[..^".weight".Length] + ".weight_scale", scale);
                tensor = (tensor / scale).to_type(E4M3);
            }

            writer.Add(name, tensor);
        }

        CopyConfig("text_encoder", file);
        return writer.Save(PathOf(file));
    }

    public void WriteVae(string file)
    {
        var writer = new SafetensorsWriter();
        AddVae(writer, "");
        writer.Save(PathOf(file));
    }

    public void WriteText(string file, bool withTokenizer = true)
    {
        var writer = new SafetensorsWriter();
        AddText(writer, withTokenizer ? "" : null, "");
        writer.Save(PathOf(file));
    }

    public void WriteClip(string file)
    {
        using var weights = Load("image_encoder");
        var writer = new SafetensorsWriter();
        foreach (var name in weights.Names)
            writer.Add(name, weights.Peek(name));
        writer.Save(PathOf(file));
        CopyConfig("image_encoder", file);
    }

    public void Dispose() => _folder.Dispose();

    private string PathOf(string file)
    {
        var path = _folder.File(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private bool Has(string part) => Directory.Exists(FixtureFolder.Checkpoint(_name, part));

    private Weights Load(string part) => Weights.Load(FixtureFolder.Checkpoint(_name, part), new Precision(torch.float32), torch.CPU);

    private void CopyConfig(string part, string file) =>
        File.Copy(FixtureFolder.Checkpoint(_name, Path.Combine(part, "config.json")), Path.ChangeExtension(PathOf(file), ".json"));

    private void AddTransformer(SafetensorsWriter writer, string part, string prefix)
    {
        using var weights = Load(part);
        foreach (var name in weights.Names)
            writer.Add(prefix + OriginalNames.Transformer(name), weights.Peek(name));
    }

    private void AddVae(SafetensorsWriter writer, string prefix)
    {
        using var weights = Load("vae");
        var isStaged = weights.Has("encoder.down_blocks.0.resnets.0.conv1.weight");
        foreach (var name in weights.Names)
            writer.Add(prefix + OriginalNames.VaeStages(OriginalNames.Vae(name, 3), 3, isStaged), weights.Peek(name));
    }

    private void AddText(SafetensorsWriter writer, string? tokenizerPrefix, string prefix)
    {
        using var weights = Load("text_encoder");
        foreach (var name in weights.Names)
            writer.Add(prefix + name, weights.Peek(name));
        if (tokenizerPrefix is not null)
            writer.Add(tokenizerPrefix + "spiece_model", torch.tensor(SentencePieceBytes.Letters(), dtype: torch.uint8));
    }
}
