namespace Kinema.Wan;

/// <summary>A component of a checkpoint.</summary>
/// <param name="Name">Its name: <c>TextEncoder</c>, <c>ImageEncoder</c>, <c>Vae</c>, <c>Transformer</c> or <c>Transformer2</c>, the one for low noise.</param>
/// <param name="Files">The paths of its files.</param>
/// <param name="Types">The types of its tensors, most bytes first: <c>BF16</c>.</param>
/// <param name="Parameters">The count of its numbers.</param>
/// <param name="Bytes">The bytes of its tensors in the files.</param>
public sealed record WanComponent(string Name, IReadOnlyList<string> Files, IReadOnlyList<string> Types, long Parameters, long Bytes);
