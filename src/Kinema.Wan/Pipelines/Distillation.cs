using System.Text.RegularExpressions;

namespace Kinema.Wan.Pipelines;

/// <summary>
/// Detects whether every transformer is distilled to four steps. No tensor shows it, but the names of such files and LoRAs, or of their folders, do:
/// <c>wan2.2_i2v_A14b_high_noise_lightx2v_4step</c>, <c>Wan2.2-I2V-A14B-4steps-lora-rank64-Seko-V1</c>.
/// </summary>
internal static partial class Distillation
{
    public static bool IsIn(Checkpoint checkpoint, IReadOnlyList<LoraFile> loras) =>
        IsIn(checkpoint, ComponentName.Transformer, loras, LoraExperts.HighNoise)
        && (!checkpoint.HasTransformer2 || IsIn(checkpoint, ComponentName.Transformer2, loras, LoraExperts.LowNoise));

    private static bool IsIn(Checkpoint checkpoint, ComponentName component, IReadOnlyList<LoraFile> loras, LoraExperts expert) =>
        IsFourStepName(checkpoint.Paths[component]) || loras.Any(lora => lora.Experts.HasFlag(expert) && IsFourStepName(lora.Path));

    private static bool IsFourStepName(string path) => FourSteps().IsMatch(string.Join('/', Path.GetFullPath(path).Split(Path.DirectorySeparatorChar).TakeLast(2)));

    [GeneratedRegex("(?<![0-9])4[-_ ]?steps?(?![a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FourSteps();
}
