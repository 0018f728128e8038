using Kinema.Core.Catalog;
using Kinema.Engines;

namespace Kinema.Core.Prompts;

/// <summary>A prompt to expand, and what is known of what it is for.</summary>
/// <param name="Prompt">As the caller wrote it.</param>
/// <param name="Engine">The engine that gets it; null while no worker has published it.</param>
/// <param name="MaxCharacters">Longest prompt that the model's manifest allows.</param>
/// <param name="DurationSeconds">Length of the video.</param>
/// <param name="Media">The inputs, fetched and inspected; empty where only an estimate is wanted.</param>
public sealed record PromptToExpand(string Prompt, EngineDescriptor? Engine, int MaxCharacters, int DurationSeconds, IReadOnlyDictionary<MediaRole, MediaInput> Media)
{
    /// <summary>What must not be there, as the caller wrote it, or null.</summary>
    public string? NegativePrompt { get; init; }

    /// <returns>Null if the input has no prompt, or its caller does not want it expanded.</returns>
    public static PromptToExpand? Of(ValidatedInput input, EngineDescriptor? engine, IReadOnlyDictionary<MediaRole, MediaInput>? media = null)
    {
        var prompt = input.Get<string>(FieldMeaning.Prompt);
        if (string.IsNullOrWhiteSpace(prompt) || !input.Get<bool>(FieldMeaning.EnablePromptExpansion))
            return null;

        var limit = input.Model.Inputs.First(field => field.Meaning == FieldMeaning.Prompt).MaxLength ?? int.MaxValue;
        return new(prompt, engine, limit, input.DurationSeconds, media ?? new Dictionary<MediaRole, MediaInput>()) { NegativePrompt = input.Get<string>(FieldMeaning.NegativePrompt) };
    }
}
