namespace Kinema.Fleets;

/// <summary>Section <c>Fleets:{name}</c>: inference servers of the operator, all with the same weights, as one engine <c>fleet:{name}</c>.</summary>
public sealed record FleetOptions
{
    public const string Section = "Fleets";

    /// <summary>What engine ids of fleets begin with.</summary>
    public const string EnginePrefix = "fleet:";

    /// <summary>1 to 32 lower-case letters, digits and dashes.</summary>
    public required string Name { get; init; }

    public required FleetDialect Dialect { get; init; }

    /// <summary>Base addresses of the servers, 1 to 256.</summary>
    public required IReadOnlyList<Uri> Endpoints { get; init; }

    /// <summary>Those of the endpoints that get no new runs; what they have is waited for.</summary>
    public IReadOnlyList<Uri> Draining { get; init; } = [];

    /// <summary>Name of the model as the servers know it; null for the one that they have.</summary>
    public string? Model { get; init; }

    /// <summary>Most runs that an endpoint gets at once, 1 to 64.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>Sent as a bearer token; null for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Time between two looks at a job, 0.1 to 60 seconds.</summary>
    public double PollSeconds { get; init; } = 2;

    /// <summary>Time limit of a generation with its wait in the server's queue, 60 to 604,800 seconds.</summary>
    public int GenerationSeconds { get; init; } = 7200;

    /// <summary>Denoising steps, 1 to 200.</summary>
    public int Steps { get; init; } = 40;

    /// <summary>Whether the servers take a last frame; LightX2V started with <c>--task flf2v</c> only.</summary>
    public bool LastFrame { get; init; }

    public string EngineId => EnginePrefix + Name;
}

/// <summary>How the servers of a fleet are spoken to.</summary>
public enum FleetDialect
{
    VllmOmni,
    SglangDiffusion,
    FastVideo,
    LightX2V,
}
