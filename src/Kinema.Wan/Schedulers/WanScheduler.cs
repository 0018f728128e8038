namespace Kinema.Wan;

/// <summary>How a generation walks from noise to picture.</summary>
public enum WanScheduler
{
    /// <summary>UniPC, order 2: the reference's choice for the full models.</summary>
    UniPc,

    /// <summary>Flow-match Euler: one plain line per step.</summary>
    FlowMatchEuler,

    /// <summary>The four fixed steps that distilled (LightX2V) checkpoints were trained for; no guidance.</summary>
    Distilled,
}
