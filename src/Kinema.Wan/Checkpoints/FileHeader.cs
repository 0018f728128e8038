namespace Kinema.Wan.Checkpoints;

/// <summary>The validated header of a weights file.</summary>
/// <param name="Tensors">Its tensors by name.</param>
/// <param name="Metadata">Its texts.</param>
internal sealed record FileHeader(IReadOnlyDictionary<string, TensorEntry> Tensors, IReadOnlyDictionary<string, string> Metadata);
