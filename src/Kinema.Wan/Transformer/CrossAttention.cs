using Kinema.Wan.Arithmetic;
using Kinema.Wan.Checkpoints;
using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>Cross-attention to the text tokens and, in Wan 2.1, to the image tokens. The image result is added before the output projection.</summary>
internal sealed class CrossAttention(IWeights weights, WanTransformerConfig config, DerivedTensors derived)
{
    private readonly Linear _q = Linear.From(weights, "to_q", config.Dim, config.Dim);
    private readonly Linear _k = Linear.From(weights, "to_k", config.Dim, config.Dim);
    private readonly Linear _v = Linear.From(weights, "to_v", config.Dim, config.Dim);
    private readonly Linear _out = Linear.From(weights, "to_out.0", config.Dim, config.Dim);
    private readonly RmsNorm _normQ = Attention.Norm(weights, "norm_q", config, derived);
    private readonly RmsNorm _normK = Attention.Norm(weights, "norm_k", config, derived);
    private readonly ImageKeys? _image = config.AddedKeyDim is { } inputs ? new(weights, inputs, config, derived) : null;

    /// <summary>x: [batch, tokens, dim]; text: [batch, 512, dim], including zero rows; image: [batch, image tokens, dim] or null.</summary>
    public Tensor Apply(Tensor x, Tensor text, Tensor? image)
    {
        using var scope = NewDisposeScope();
        var heads = config.Heads;
        var q = Attention.Heads(_normQ.Apply(_q.Apply(x)), heads);
        var k = Attention.Heads(_normK.Apply(_k.Apply(text)), heads);
        var attended = Attention.Attend(q, k, Attention.Heads(_v.Apply(text), heads));
        if (_image is not null && image is not null)
            attended.AddInPlace(Attention.Attend(q, _image.Keys(image, heads), _image.Values(image, heads)));

        return _out.Apply(attended).MoveToOuterDisposeScope();
    }

    private sealed class ImageKeys(IWeights weights, int inputs, WanTransformerConfig config, DerivedTensors derived)
    {
        private readonly Linear _k = Linear.From(weights, "add_k_proj", inputs, config.Dim);
        private readonly Linear _v = Linear.From(weights, "add_v_proj", inputs, config.Dim);
        private readonly RmsNorm _norm = Attention.Norm(weights, "norm_added_k", config, derived);

        public Tensor Keys(Tensor image, long heads) => Attention.Heads(_norm.Apply(_k.Apply(image)), heads);

        public Tensor Values(Tensor image, long heads) => Attention.Heads(_v.Apply(image), heads);
    }
}
