namespace Kinema.Wan.Checkpoints.Loras;

/// <summary>What became of a LoRA file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Strength">The strength it was merged with.</param>
/// <param name="Merged">How many tensors of the model it changed.</param>
/// <param name="Unmatched">Its tensors that belong to nothing in the model; they were left out.</param>
public sealed record LoraReport(string Path, double Strength, int Merged, IReadOnlyList<string> Unmatched);
