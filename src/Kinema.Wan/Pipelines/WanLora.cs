namespace Kinema.Wan;

/// <summary>A LoRA that was merged, in the record of a generation.</summary>
/// <param name="FileName">The name of its file, without the folder.</param>
/// <param name="Digest">SHA-256, in hexadecimal, of its file's header and a sample of every tensor.</param>
/// <param name="Strength">The factor of its delta.</param>
/// <param name="Experts">The experts that it applies to.</param>
public sealed record WanLora(string FileName, string Digest, double Strength, LoraExperts Experts);
