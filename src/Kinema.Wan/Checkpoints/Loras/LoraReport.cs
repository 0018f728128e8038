namespace Kinema.Wan;

/// <summary>The result of merging a LoRA file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Strength">The strength of the merge.</param>
/// <param name="Merged">Number of changed tensors of the model.</param>
/// <param name="Unmatched">Its tensors that match no tensor of the model. They are ignored.</param>
public sealed record LoraReport(string Path, double Strength, int Merged, IReadOnlyList<string> Unmatched);
