using System.Text.Json.Nodes;
using Kinema.Core.Pricing;
using Kinema.Core.Workers;
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

    /// <summary>
    /// Engines that may serve the model: each name stands for the engine of that id and for those whose ids begin with it and a dash. The first is the default;
    /// empty for any engine.
    /// </summary>
    public IReadOnlyList<string> Engines { get; init; } = [];

    /// <summary>What the operator does so that the model is served; null where nothing is to do.</summary>
    public SetupManifest? Setup { get; init; }

    /// <summary>Frames a second that the model makes, by which the duration follows from a number of frames; null where no field is one.</summary>
    public int? FrameRate { get; init; }

    public required IReadOnlyList<FieldManifest> Inputs { get; init; }

    /// <summary>Groups of fields of which exactly one must be given.</summary>
    public IReadOnlyList<IReadOnlyList<string>> ExactlyOneOf { get; init; } = [];

    /// <summary>No two fields of a group may be given together.</summary>
    public IReadOnlyList<IReadOnlyList<string>> NotTogether { get; init; } = [];

    public required IReadOnlyList<OutputFieldManifest> Outputs { get; init; }
    public IReadOnlyList<ExampleManifest> Examples { get; init; } = [];

    /// <summary>Whether another field is given that excludes this one: its default does not apply then.</summary>
    public bool IsExcluded(string field, Func<string, bool> isGiven) => NotTogether.Any(group => group.Contains(field) && group.Any(other => other != field && isGiven(other)));

    /// <summary>The seconds of a number of frames: the first one takes no time, and a part of a second counts as one.</summary>
    public int SecondsOf(long frames) => (int)Math.Max(1, Math.Ceiling((frames - 1) / (decimal)FrameRate!.Value));

    /// <summary>Whether an engine of this id may serve the model. A fleet may, where the operator binds it.</summary>
    public bool Allows(string engineId) =>
        Engines.Count == 0 || EngineId.IsFleet(engineId) || Engines.Any(name => engineId == name || engineId.StartsWith(name + "-", StringComparison.Ordinal));
}

/// <param name="Amount">Price of one unit.</param>
/// <param name="Unit">Only <c>second</c> for now.</param>
/// <param name="Note">For people.</param>
public sealed record PriceManifest(Money Amount, string Unit, string Note)
{
    public const string Currency = "USD";

    /// <summary>The price as model pages show it: <c>$0.1/second</c>.</summary>
    public string Label => Amount == Money.Zero ? "free" : $"${Amount.ToShortString()}/{Unit}";
}

/// <param name="Text">A sentence.</param>
/// <param name="Page">Path of the documentation that says more, below <c>/docs/</c>; or null.</param>
public sealed record SetupManifest(string Text, string? Page);

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

    /// <summary>What holds where the caller gives nothing and there is no default, for people: the engine decides. Null for nothing to say.</summary>
    public string? DefaultNote { get; init; }

    /// <summary>Allowed values of a string, or of each item of a list; empty for any.</summary>
    public IReadOnlyList<string> AllowedValues { get; init; } = [];

    /// <summary>Unicode code points of a string, or of each item of a list.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Most items of a list.</summary>
    public int? MaxItems { get; init; }

    /// <summary>Limits of an integer, which are integers then, or of a number.</summary>
    public decimal? Minimum { get; init; }
    public decimal? Maximum { get; init; }

    /// <summary>Distance of the allowed values, counted from the minimum.</summary>
    public decimal? Step { get; init; }

    /// <summary>Limits of a media field.</summary>
    public MediaLimits? Media { get; init; }
}

public enum FieldType
{
    String,
    Integer,
    Boolean,

    /// <summary>An exact decimal number.</summary>
    Number,

    /// <summary>Strings, each at most once.</summary>
    List,

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

    /// <summary>Number of frames; the duration follows from it. It goes to the engine as a setting, too.</summary>
    Frames,

    /// <summary>A setting of the engine, named as the field. A model may have many.</summary>
    EngineSetting,
}
