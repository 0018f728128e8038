using Kinema.Wan.Arithmetic;
using Kinema.Wan.Checkpoints;
using Kinema.Wan.Convolutions;
using static TorchSharp.torch;

namespace Kinema.Wan.ImageEncoder;

/// <summary>The CLIP vision transformer of Wan 2.1. Returns the input of the last layer (<c>hidden_states[-2]</c>), without the last norm.</summary>
/// <remarks>
/// pixels: [B, 3, S, S] from <see cref="Images.ClipPixels"/> → [B, n, hidden], where n is the number of patches plus one. The weights are named as in
/// transformers' <c>CLIPVisionModel</c>. The last layer and the last norm are not needed and not loaded.
/// </remarks>
internal sealed class ClipImageEncoder
{
    private readonly PaddedConvolution _patches;
    private readonly Tensor _class;
    private readonly Tensor _positions;
    private readonly ClipNorm _norm;
    private readonly ClipLayer[] _layers;

    public ClipImageEncoder(IWeights weights, ClipConfig config)
    {
        var model = weights.At("vision_model.");
        _patches = new(
            model.At("embeddings.patch_embedding."), [config.HiddenSize, config.Channels, config.PatchSize, config.PatchSize],
            strides: [config.PatchSize, config.PatchSize], hasBias: false);
        _class = model.Get("embeddings.class_embedding", config.HiddenSize);
        _positions = model.Get("embeddings.position_embedding.weight", config.Tokens, config.HiddenSize);
        _norm = new ClipNorm(model.At("pre_layrnorm."), config);
        _layers = [.. Enumerable.Range(0, config.Layers - 1).Select(i => new ClipLayer(model.At($"encoder.layers.{i}."), config))];
    }

    /// <summary>Receives the outputs <c>pre_layrnorm</c> and <c>layer{i}</c>; for tests.</summary>
    public Action<string, Tensor>? Observer { get; init; }

    public Tensor Encode(Tensor pixels, CancellationToken ct = default)
    {
        using var inference = inference_mode();
        using var scope = NewDisposeScope();

        var patches = _patches.Apply(pixels.to(_class.dtype, _class.device));
        var tokens = cat([_class.expand(pixels.shape[0], 1, -1), patches.flatten(2).transpose(1, 2)], 1).AddInPlace(_positions);

        var x = _norm.Apply(tokens);
        Observer?.Invoke("pre_layrnorm", x);
        for (var i = 0; i < _layers.Length; i++)
        {
            ct.ThrowIfCancellationRequested();
            using var before = x;
            x = _layers[i].Apply(before);
            Observer?.Invoke($"layer{i}", x);
        }

        return x.MoveToOuterDisposeScope();
    }
}
