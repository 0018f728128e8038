using System.Text.Json.Serialization;

namespace Kinema.Wan;

/// <summary>The schedulers: solvers that integrate the model's velocity from noise to image.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WanScheduler>))]
public enum WanScheduler
{
    /// <summary>UniPC of order 2: the reference's choice for the full models.</summary>
    UniPc,

    /// <summary>Flow-match Euler: one straight line per step.</summary>
    FlowMatchEuler,

    /// <summary>The four fixed steps that distilled (LightX2V) checkpoints are trained for, without guidance.</summary>
    Distilled,
}
