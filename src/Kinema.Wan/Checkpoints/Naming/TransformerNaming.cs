namespace Kinema.Wan.Checkpoints.Naming;

/// <summary>The transformer in the names of Wan's own code (wan/modules/model.py), which repackaged, distilled and quantised files use too.</summary>
/// <remarks>
/// The pairs come from huggingface/diffusers, scripts/convert_wan_to_diffusers.py. The original numbers a block's norms in the order of the code, diffusers
/// in the order of execution: its norm3, the one with weights before cross-attention, is norm2 in diffusers.
/// </remarks>
internal sealed class TransformerNaming() : KeyNaming(ModelKind.Transformer, "blocks.0.self_attn.q.weight")
{
    private const string Blocks = "blocks.";

    // Some files name their model by an empty tensor: model_type.Wan2_1-FLF2V-14B-720P in those for ComfyUI-WanVideoWrapper.
    private const string Label = "model_type.";

    private static readonly (string From, string To)[] _top =
    [
        ("time_embedding.0.", "condition_embedder.time_embedder.linear_1."),
        ("time_embedding.2.", "condition_embedder.time_embedder.linear_2."),
        ("text_embedding.0.", "condition_embedder.text_embedder.linear_1."),
        ("text_embedding.2.", "condition_embedder.text_embedder.linear_2."),
        ("time_projection.1.", "condition_embedder.time_proj."),
        ("img_emb.proj.0.", "condition_embedder.image_embedder.norm1."),
        ("img_emb.proj.1.", "condition_embedder.image_embedder.ff.net.0.proj."),
        ("img_emb.proj.3.", "condition_embedder.image_embedder.ff.net.2."),
        ("img_emb.proj.4.", "condition_embedder.image_embedder.norm2."),
        ("img_emb.emb_pos", "condition_embedder.image_embedder.pos_embed"),
        ("head.modulation", "scale_shift_table"),
        ("head.head.", "proj_out."),
    ];

    private static readonly (string From, string To)[] _block =
    [
        ("self_attn.q.", "attn1.to_q."),
        ("self_attn.k.", "attn1.to_k."),
        ("self_attn.v.", "attn1.to_v."),
        ("self_attn.o.", "attn1.to_out.0."),
        ("self_attn.norm_q.", "attn1.norm_q."),
        ("self_attn.norm_k.", "attn1.norm_k."),
        ("cross_attn.q.", "attn2.to_q."),
        ("cross_attn.k.", "attn2.to_k."),
        ("cross_attn.v.", "attn2.to_v."),
        ("cross_attn.o.", "attn2.to_out.0."),
        ("cross_attn.norm_q.", "attn2.norm_q."),
        ("cross_attn.norm_k.", "attn2.norm_k."),
        ("cross_attn.k_img.", "attn2.add_k_proj."),
        ("cross_attn.v_img.", "attn2.add_v_proj."),
        ("cross_attn.norm_k_img.", "attn2.norm_added_k."),
        ("ffn.0.", "ffn.net.0.proj."),
        ("ffn.2.", "ffn.net.2."),
        ("norm3.", "norm2."),
        ("modulation", "scale_shift_table"),
    ];

    public override IEnumerable<StoredTensor> Rename(IReadOnlyList<StoredTensor> tensors) =>
        tensors.Where(t => !t.Name.StartsWith(Label, StringComparison.Ordinal)).Select(t => t with { Name = Translate(t.Name, _top, _block) });

    /// <summary>Returns the original name of a tensor with this Diffusers name.</summary>
    public static string ToOriginal(string name) => Translate(name, _top.Select(Swap), _block.Select(Swap));

    private static string Translate(string name, IEnumerable<(string, string)> top, IEnumerable<(string, string)> block) =>
        TrySplit(name, Blocks, out var number, out var rest)
            ? $"{Blocks}{number}.{Replace(rest, block) ?? rest}"
            : Replace(name, top) ?? name;

    private static (string From, string To) Swap((string From, string To) pair) => (pair.To, pair.From);
}
