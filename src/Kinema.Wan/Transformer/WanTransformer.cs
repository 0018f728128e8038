using Kinema.Wan.Arithmetic;
using Kinema.Wan.Checkpoints;
using Kinema.Wan.Convolutions;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>The diffusion transformer of Wan 2.1 and 2.2: predicts the velocity from latents, timesteps and context.</summary>
/// <remarks>
/// One implementation for every family, shaped by its config. It computes in the type of its weights, but timesteps, modulation and norms in float32. The
/// caller owns the weights; disposing this releases only the tensors derived from them.
/// </remarks>
internal sealed class WanTransformer(WanTransformerConfig config, IWeights weights, DerivedTensors derived) : IDisposable
{
    /// <summary>The modules that diffusers keeps in float32 whatever the model's type (<c>_keep_in_fp32_modules</c>).</summary>
    public static IReadOnlyList<string> Float32Parts { get; } = ["time_embedder", "scale_shift_table", "norm1", "norm2", "norm3"];

    private readonly PaddedConvolution _patches = new(
        weights.At("patch_embedding."), [config.Dim, config.InChannels, .. config.PatchSize.Select(side => (long)side)], strides: [.. config.PatchSize]);

    private readonly RotaryEmbedding _rope = new(config.HeadDim, config.MaximumPositions);
    private readonly TimestepEmbedding _time = new(weights.At("condition_embedder."), config, derived);
    private readonly Linear _text1 = Linear.From(weights, "condition_embedder.text_embedder.linear_1", config.TextDim, config.Dim);
    private readonly Linear _text2 = Linear.From(weights, "condition_embedder.text_embedder.linear_2", config.Dim, config.Dim);
    private readonly ImageEmbedding? _image = config.ImageDim is { } channels
        ? new(weights.At("condition_embedder.image_embedder."), channels, config, derived)
        : null;

    private readonly TransformerBlock[] _blocks =
        [.. Enumerable.Range(0, config.Layers).Select(i => new TransformerBlock(weights.At($"blocks.{i}."), config, derived))];

    private readonly Tensor _table = derived.ToFloat32(weights.Get("scale_shift_table", 1, 2, config.Dim));
    private readonly Linear _out = Linear.From(weights, "proj_out", config.Dim, config.OutChannels * config.PatchVolume);

    public WanTransformer(WanTransformerConfig config, IWeights weights)
        : this(config, weights, new DerivedTensors())
    {
    }

    public WanTransformerConfig Config => config;

    /// <summary>Runs one forward pass.</summary>
    /// <param name="input">Latents, timesteps and context.</param>
    /// <param name="hooks">Receives intermediate tensors and progress.</param>
    /// <param name="ct">Checked before each sublayer of each block.</param>
    /// <returns>The velocity [batch, out channels, frames, rows, columns] in float32.</returns>
    public Tensor Forward(TransformerInput input, ForwardHooks hooks, CancellationToken ct)
    {
        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        var latents = input.Latents;
        var (frames, rows, columns) =
            (latents.shape[2] / config.PatchSize[0], latents.shape[3] / config.PatchSize[1], latents.shape[4] / config.PatchSize[2]);

        var (embedding, modulation) = _time.Apply(input.Timesteps.Values, latents.device);
        var context = new BlockContext(
            EmbedText(input.Text), input.Image is { } image ? EmbedImage(image) : null, modulation, input.Timesteps,
            _rope.Rotations(frames, rows, columns, latents.device));
        ObserveInput(hooks, embedding, context);

        var x = EmbedPatches(latents);
        hooks.Observe("patch_embedding", x);
        if (input.Residual is { IsReused: true } earlier)
        {
            earlier.AddTo(x);
        }
        else
        {
            input.Residual?.BeforeBlocks(x);
            RunBlocks(x, context, hooks, ct);
            input.Residual?.AfterBlocks(x);
        }

        hooks.Observe("blocks_output", x);
        return Unpatch(Project(x, embedding, input.Timesteps), frames, rows, columns).MoveToOuterDisposeScope();
    }

    public void Dispose() => derived.Dispose();

    private void RunBlocks(Tensor x, BlockContext context, ForwardHooks hooks, CancellationToken ct)
    {
        for (var i = 0; i < _blocks.Length; i++)
        {
            ct.ThrowIfCancellationRequested();
            _blocks[i].Apply(x, context, hooks, $"block{i}", ct);
            ReportBlockDone(hooks, i + 1, x.device);
        }
    }

    /// <summary>Patch embedding: [batch, in, frames, rows, columns] → [batch, tokens, dim], as a convolution whose stride is its kernel.</summary>
    private Tensor EmbedPatches(Tensor latents)
    {
        using var scope = NewDisposeScope();
        return _patches.Apply(latents.to_type(_patches.Type)).flatten(2).transpose(1, 2).contiguous().MoveToOuterDisposeScope();
    }

    private Tensor EmbedText(Tensor text)
    {
        using var scope = NewDisposeScope();
        return _text2.Apply(_text1.Apply(text.to_type(_text1.Type)).gelu_(GELU.Approximate.tanh)).MoveToOuterDisposeScope();
    }

    private Tensor EmbedImage(Tensor image)
    {
        if (_image is null)
            throw new ArgumentException("This model takes no image tokens: its config has no image_dim.");

        using var typed = image.to_type(_out.Type);
        return _image.Apply(typed);
    }

    /// <summary>Applies the last norm, modulated by the timestep embedding itself, and the projection to patches.</summary>
    private Tensor Project(Tensor x, Tensor embedding, TokenTimesteps timesteps)
    {
        using var scope = NewDisposeScope();
        var rows = embedding.to_type(ScalarType.Float32).unsqueeze(1).Plus(_table);
        rows.narrow(1, 1, 1).AddInPlace(1);
        var normed = new AdaLayerNorm(rows, timesteps, config.Epsilon).Normalise(x, shift: 0, scale: 1);
        return _out.Apply(normed).MoveToOuterDisposeScope();
    }

    /// <summary>[batch, tokens, patch·out] → [batch, out, frames, rows, columns]; a token is laid out (time, row, column, channel).</summary>
    private Tensor Unpatch(Tensor tokens, long frames, long rows, long columns)
    {
        using var scope = NewDisposeScope();
        var (t, h, w) = (config.PatchSize[0], config.PatchSize[1], config.PatchSize[2]);
        return tokens.to_type(ScalarType.Float32)
            .view(-1, frames, rows, columns, t, h, w, config.OutChannels)
            .permute(0, 7, 1, 4, 2, 5, 3, 6)
            .reshape(-1, config.OutChannels, frames * t, rows * h, columns * w)
            .MoveToOuterDisposeScope();
    }

    private void ReportBlockDone(ForwardHooks hooks, int done, Device device)
    {
        if (hooks.OnBlockDone is null)
            return;

        // CUDA kernels are queued. Without synchronization, progress would count queued work as done.
        if (device.type == DeviceType.CUDA)
            cuda.synchronize(device);

        hooks.OnBlockDone(done, _blocks.Length);
    }

    private static void ObserveInput(ForwardHooks hooks, Tensor embedding, BlockContext context)
    {
        if (hooks.OnTensor is null)
            return;

        using var scope = NewDisposeScope();
        hooks.Observe("temb", context.Timesteps.Expand(embedding));
        hooks.Observe("timestep_proj", context.Timesteps.Expand(context.Modulation));
        hooks.Observe("text_embeds", context.Text);
        hooks.Observe("rope", context.Rotations);
        if (context.Image is not null)
            hooks.Observe("image_embeds", context.Image);
    }
}
