namespace Kinema.Wan.Checkpoints.Loras;

/// <summary>A low-rank adaptation to be merged into the transformer while it is loaded.</summary>
/// <param name="Path">A safetensors file with diffusers/PEFT, kohya or original Wan names.</param>
/// <param name="Strength">What its change is multiplied with; 1 is as it was trained.</param>
/// <param name="Experts">Which of a model's experts it is for.</param>
public sealed record LoraFile(string Path, double Strength = 1, LoraExperts Experts = LoraExperts.Both);
