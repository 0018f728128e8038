using System.Text.Json.Nodes;
using Kinema.Core.Pricing;
using Kinema.Engines;

namespace Kinema.Core.Catalog;

/// <summary>Definition of a model, the only source for validation, price, catalogue, documentation and forms.</summary>
public sealed record ModelManifest
{
    public required Guid Id { get; init; }

    /// <summary>The path after <c>/v1/models/</c>, owner first.</summary>
    public required string Slug { get; init; }

    /// <summary>Increases with every change of meaning; stored with each run.</summary>
    public required int Version { get; init; }

    public required string Name { get; init; }
    public required string Tagline { get; init; }
    public required string Provider { get; init; }
    public required string License { get; init; }
    public required DateOnly LastUpdated { get; init; }

    /// <summary>A manifest has no time of its own, so its day stands for both times of every record.</summary>
    public DateTimeOffset UpdatedAt => new(LastUpdated, TimeOnly.MinValue, TimeSpan.Zero);

    public required string Category { get; init; }

    /// <summary>
    /// A picture of the model's card, as a path from the manifest's folder; the catalogue of a folder makes it a whole path. Null for none.
    /// </summary>
    public string? Poster { get; init; }

    /// <summary>A short video that the card plays instead while somebody points at it; a path like <see cref="Poster"/>.</summary>
    public string? Preview { get; init; }

    /// <summary>Whether the model accepts runs; a disabled model is listed but responds with 503.</summary>
    public bool Enabled { get; init; } = true;

    public required PriceManifest Price { get; init; }
    public required IReadOnlyList<FieldManifest> Inputs { get; init; }

    /// <summary>Groups of fields of which exactly one must be given.</summary>
    public IReadOnlyList<IReadOnlyList<string>> ExactlyOneOf { get; init; } = [];

    /// <summary>No two fields of a group may be given together.</summary>
    public IReadOnlyList<IReadOnlyList<string>> NotTogether { get; init; } = [];

    public required IReadOnlyList<OutputFieldManifest> Outputs { get; init; }
    public IReadOnlyList<ExampleManifest> Examples { get; init; } = [];
}

/// <param name="Amount">Price of one unit.</param>
/// <param name="Unit">Only <c>second</c> for now.</param>
/// <param name="Note">For people.</param>
public sealed record PriceManifest(Money Amount, string Unit, string Note)
{
    public const string Currency = "USD";

    /// <summary>The price as model pages show it: <c>$0.1/second</c>.</summary>
    public string Label => $"${Amount.ToShortString()}/{Unit}";
}

public sealed record OutputFieldManifest(string Name, string Type, string Description);

public sealed record ExampleManifest(string Title, string? Description, JsonObject Input);

/// <summary>An input field: name, type, limits, default and meaning for engines.</summary>
public sealed record FieldManifest
{
    public required string Name { get; init; }
    public required FieldType Type { get; init; }
    public required FieldMeaning Meaning { get; init; }
    public required string DisplayName { get; init; }
    public required string Description { get; init; }
    public bool Required { get; init; }

    /// <summary>Applied where the caller gave none; null for none.</summary>
    public JsonValue? Default { get; init; }

    /// <summary>Allowed values of a string field; empty for any.</summary>
    public IReadOnlyList<string> AllowedValues { get; init; } = [];

    /// <summary>Unicode code points.</summary>
    public int? MaxLength { get; init; }

    public long? Minimum { get; init; }
    public long? Maximum { get; init; }

    /// <summary>Limits of a media field.</summary>
    public MediaLimits? Media { get; init; }
}

public enum FieldType
{
    String,
    Integer,
    Boolean,
    Image,
    Video,

    /// <summary>An audio file.</summary>
    File,
}

/// <summary>Meaning of a field for engines, independent of its JSON name. Manifests spell the members in snake case.</summary>
public enum FieldMeaning
{
    Prompt,
    NegativePrompt,
    FirstFrame,
    LastFrame,
    Clip,
    Audio,
    Resolution,
    Duration,
    Seed,
    EnablePromptExpansion,
    EnableSafetyChecker,
}
