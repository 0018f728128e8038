namespace Kinema.Wan.Engine;

/// <summary>What a Wan engine loads and how it computes.</summary>
public sealed record WanEngineOptions
{
    /// <summary>The engine's id, to which models are bound. Null for that of the checkpoint's family, for example <c>wan-i2v-a14b</c>.</summary>
    public string? Id { get; init; }

    /// <summary>The checkpoint.</summary>
    public required WanFiles Files { get; init; }

    /// <summary>Device, precision, memory, and the LoRAs that every video takes.</summary>
    public WanOptions Model { get; init; } = new();

    /// <summary>LoRAs that a request may name. Another choice than the last request's loads the transformers again.</summary>
    public IReadOnlyDictionary<string, LoraFile> OptionalLoras { get; init; } = new Dictionary<string, LoraFile>();

    /// <summary>Largest number of pixels per frame, whatever resolution a request asks for. Null sets no limit.</summary>
    public int? MaxArea { get; init; }

    /// <summary>Step caching for every video; null computes every step.</summary>
    public WanStepCache? StepCache { get; init; }
}
