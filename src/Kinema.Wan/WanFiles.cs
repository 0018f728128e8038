namespace Kinema.Wan;

/// <summary>The paths of a checkpoint's components. <see cref="Folder"/> is searched for the components that have no path.</summary>
/// <remarks>
/// A component is a safetensors or GGUF file, an index of shards (<c>….safetensors.index.json</c>) or a folder of the Diffusers layout, with the tensor names of
/// diffusers, transformers or Wan's own code. Its configuration follows from its tensors' shapes, unless a config of its class lies beside it.
/// </remarks>
public sealed record WanFiles
{
    /// <summary>
    /// A folder in the Diffusers layout, or one of single files: ComfyUI's <c>models</c> with <c>diffusion_models</c>, <c>text_encoders</c>, <c>vae</c> and
    /// <c>clip_vision</c>, or all files in one folder.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>The only transformer, or the high-noise one.</summary>
    public string? Transformer { get; init; }

    /// <summary>The low-noise transformer (Wan 2.2 I2V-A14B).</summary>
    public string? LowNoiseTransformer { get; init; }

    /// <summary>The umT5 encoder.</summary>
    public string? TextEncoder { get; init; }

    /// <summary>
    /// <c>spiece.model</c> or <c>tokenizer.json</c> of umT5, or a folder with one of them. Null takes the tokenizer inside the text encoder's file, as in
    /// files for ComfyUI, else one beside it.
    /// </summary>
    public string? Tokenizer { get; init; }

    /// <summary>The VAE: 2.1, or 2.2 for TI2V-5B.</summary>
    public string? Vae { get; init; }

    /// <summary>The CLIP vision encoder (Wan 2.1).</summary>
    public string? ImageEncoder { get; init; }
}
