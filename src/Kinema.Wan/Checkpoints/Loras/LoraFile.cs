namespace Kinema.Wan;

/// <summary>A low-rank adaptation to merge into the transformer during loading.</summary>
/// <param name="Path">A safetensors file with diffusers/PEFT, kohya or original Wan names.</param>
/// <param name="Strength">The factor of the LoRA's delta; 1 is the trained strength.</param>
/// <param name="Experts">The experts that it applies to.</param>
public sealed record LoraFile(string Path, double Strength = 1, LoraExperts Experts = LoraExperts.Both);
