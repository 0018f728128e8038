namespace Kinema.Wan.Checkpoints.Naming;

/// <summary>The umT5 encoder in the names of Wan's own code (wan/modules/t5.py): one module for each step of a layer.</summary>
/// <remarks>Detected by the gate, since the text tower beside a CLIP encoder (wan/modules/xlm_roberta.py) has attention of the same names.</remarks>
internal sealed class TextEncoderNaming() : KeyNaming(ModelKind.TextEncoder, "blocks.0.ffn.gate.0.weight")
{
    private static readonly (string From, string To)[] _top =
    [
        ("token_embedding.", "shared."),
        ("norm.", "encoder.final_layer_norm."),
    ];

    private static readonly (string From, string To)[] _block =
    [
        ("norm1.", "layer.0.layer_norm."),
        ("attn.", "layer.0.SelfAttention."),
        ("pos_embedding.embedding.", "layer.0.SelfAttention.relative_attention_bias."),
        ("norm2.", "layer.1.layer_norm."),
        ("ffn.gate.0.", "layer.1.DenseReluDense.wi_0."),
        ("ffn.fc1.", "layer.1.DenseReluDense.wi_1."),
        ("ffn.fc2.", "layer.1.DenseReluDense.wo."),
    ];

    public override IEnumerable<StoredTensor> Rename(IReadOnlyList<StoredTensor> tensors) => tensors.Select(t => t with
    {
        Name = TrySplit(t.Name, "blocks.", out var number, out var rest)
            ? $"encoder.block.{number}.{Replace(rest, _block) ?? rest}"
            : Replace(t.Name, _top) ?? t.Name,
    });
}
