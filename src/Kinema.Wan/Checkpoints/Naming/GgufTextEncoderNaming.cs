namespace Kinema.Wan.Checkpoints.Naming;

/// <summary>The umT5 encoder in the names that llama.cpp gives T5 encoders in GGUF files (gguf-py/gguf/tensor_mapping.py).</summary>
internal sealed class GgufTextEncoderNaming() : KeyNaming(ModelKind.TextEncoder, "enc.blk.0.attn_q.weight")
{
    private static readonly (string From, string To)[] _top =
    [
        ("token_embd.", "shared."),
        ("enc.output_norm.", "encoder.final_layer_norm."),
    ];

    private static readonly (string From, string To)[] _block =
    [
        ("attn_norm.", "layer.0.layer_norm."),
        ("attn_q.", "layer.0.SelfAttention.q."),
        ("attn_k.", "layer.0.SelfAttention.k."),
        ("attn_v.", "layer.0.SelfAttention.v."),
        ("attn_o.", "layer.0.SelfAttention.o."),
        ("attn_rel_b.", "layer.0.SelfAttention.relative_attention_bias."),
        ("ffn_norm.", "layer.1.layer_norm."),
        ("ffn_gate.", "layer.1.DenseReluDense.wi_0."),
        ("ffn_up.", "layer.1.DenseReluDense.wi_1."),
        ("ffn_down.", "layer.1.DenseReluDense.wo."),
    ];

    public override IEnumerable<StoredTensor> Rename(IReadOnlyList<StoredTensor> tensors) => tensors.Select(t => t with
    {
        Name = TrySplit(t.Name, "enc.blk.", out var number, out var rest)
            ? $"encoder.block.{number}.{Replace(rest, _block) ?? rest}"
            : Replace(t.Name, _top) ?? t.Name,
    });
}
