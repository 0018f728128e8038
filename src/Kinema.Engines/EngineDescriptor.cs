namespace Kinema.Engines;

/// <summary>Published capabilities of an engine. A server checks a request against them without loading the engine.</summary>
public sealed record EngineDescriptor
{
    /// <summary>Stable name, as in <c>model_data.engine</c>: lower case letters, digits and dashes; of a fleet <c>fleet:</c> and its name.</summary>
    public required string Id { get; init; }

    /// <summary>Version of the engine's behaviour. It changes whenever the same request produces different pixels.</summary>
    public required string Version { get; init; }

    /// <summary>Human-readable name, one line.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Media roles that the engine reads. The server rejects a request with any other role before it stores the run.</summary>
    public required IReadOnlyList<MediaRole> MediaRoles { get; init; }

    /// <summary>Supported output resolutions.</summary>
    public required IReadOnlyList<VideoResolution> Resolutions { get; init; }

    /// <summary>Shortest output, seconds.</summary>
    public required int MinDurationSeconds { get; init; }

    /// <summary>Longest output, seconds.</summary>
    public required int MaxDurationSeconds { get; init; }

    /// <summary>Models that the engine runs, by their paths, for example one with the weights of a single model. Null for every model that is bound to it.</summary>
    public IReadOnlyList<string>? Models { get; init; }

    /// <summary>
    /// Sets of media roles that may be given together, in any order, for example a first frame alone or with a last frame. Null for every set of
    /// <see cref="MediaRoles"/>.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<MediaRole>>? MediaCombinations { get; init; }

    /// <summary>
    /// Whether the engine expands prompts itself where the request wants it, as hosted engines do. The server then leaves the prompt alone; the engine reports what it
    /// used as <c>actual_prompt</c> of its model data.
    /// </summary>
    public bool ExpandsPrompts { get; init; }

    /// <summary>Name of the server's guide for writing prompts for this engine, such as <c>wan</c>. Null, or one that the server does not have, for the general guide.</summary>
    public string? PromptGuide { get; init; }

    /// <summary>
    /// Most runs of the engine at once in one process, 1 to 10,000, for an engine that waits for another machine: its runs take no place of the worker's own
    /// concurrency. Null for an engine that computes here.
    /// </summary>
    public int? Slots { get; init; }

    /// <summary>
    /// Time limit of a generation, seconds, for an engine whose videos wait in a queue elsewhere, 1 to 604,800. A run still ends with its own deadline
    /// (<c>Runs:TotalDeadlineSeconds</c>, 25 hours by default). Null for the server's own limit.
    /// </summary>
    public int? GenerationSeconds { get; init; }

    /// <summary>Names of the settings in <see cref="VideoRequest.Settings"/> that the engine reads. Null for none.</summary>
    public IReadOnlyList<string>? Settings { get; init; }

    /// <summary>
    /// Allowed values of settings whose values only the engine's operator knows, such as the names of installed LoRAs. A setting that is absent here has the
    /// values that the model's manifest allows.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? SettingValues { get; init; }
}
