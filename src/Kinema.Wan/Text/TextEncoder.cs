using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Matrices;
using static TorchSharp.torch;

namespace Kinema.Wan.Text;

/// <summary>umT5's encoder: one embedding per token id, padded with zero rows as in Wan's training.</summary>
/// <remarks>
/// The reference pads ids to 512, masks the padding and zeroes its rows. A masked key has no weight, so this encodes a text at its true length, with the same
/// result and far less work.
/// </remarks>
internal sealed class TextEncoder(TextEncoderConfig config, IWeights weights)
{
    /// <summary>Number of tokens of every model of the family.</summary>
    public const int Length = 512;

    private readonly IMatrix _embedding = weights.Matrix(
        weights.Has("shared.weight") ? "shared.weight" : "encoder.embed_tokens.weight", config.Vocabulary, config.Dim);

    private readonly TextEncoderBlock[] _blocks =
        [.. Enumerable.Range(0, config.Layers).Select(i => new TextEncoderBlock(weights.At($"encoder.block.{i}."), config))];

    private readonly T5LayerNorm _norm = new(weights.Get("encoder.final_layer_norm.weight", config.Dim), config.Epsilon);

    /// <summary>ids, without padding → [1, 512, d_model] in the weights' type.</summary>
    /// <param name="ids">At most 512 token ids, the last of them the end token.</param>
    /// <param name="tap">Receives the hidden states after every block; valid only during the call.</param>
    /// <param name="ct">Checked before every block.</param>
    public Tensor Encode(IReadOnlyList<int> ids, Action<string, Tensor>? tap, CancellationToken ct)
    {
        if (ids.Count is 0 or > Length)
            throw new ArgumentException($"A text must have 1 to {Length} tokens; got {ids.Count}.", nameof(ids));
        if (ids.FirstOrDefault(id => id < 0 || id >= config.Vocabulary, -1) is var wrong && ids.Contains(wrong))
            throw new ArgumentException($"Token id {wrong} is outside this text encoder's vocabulary of {config.Vocabulary}.", nameof(ids));

        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        var device = _embedding.Device;
        var buckets = tensor(
            RelativePositionBucket.OfDistances(ids.Count, config.DistanceBuckets, config.MaximumDistance), device: device);

        var x = _embedding.Rows(ids).unsqueeze(0);
        for (var i = 0; i < _blocks.Length; i++)
        {
            ct.ThrowIfCancellationRequested();
            _blocks[i].Apply(x, buckets);
            tap?.Invoke($"block{i}_output", x);
        }

        var padded = zeros([1, Length, config.Dim], dtype: x.dtype, device: device);
        padded.narrow(1, 0, ids.Count).copy_(_norm.Apply(x));
        return padded.MoveToOuterDisposeScope();
    }
}
