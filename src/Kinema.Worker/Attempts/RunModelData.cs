using System.Text.Json.Nodes;
using Kinema.Core.Prompts;
using Kinema.Core.Runs;
using Kinema.Engines;
using Kinema.Media;

namespace Kinema.Worker.Attempts;

/// <summary>What a record says of how its video was made: <c>model_data</c>.</summary>
internal static class RunModelData
{
    /// <summary>Combines common fields with the engine's own data; the engine cannot override its id and version.</summary>
    public static JsonObject Of(VideoRequest request, EngineDescriptor engine, IReadOnlyList<RunInput> inputs, PromptExpansion? expansion, JsonObject engineData)
    {
        var data = new JsonObject
        {
            ["prompt"] = request.Prompt,
            ["actual_prompt"] = request.ActualPrompt,
            ["negative_prompt"] = request.NegativePrompt,
        };
        foreach (var (name, value) in engineData)
            data[name] = value?.DeepClone();

        data["engine"] = engine.Id;
        data["engine_version"] = engine.Version;
        data["inputs"] = new JsonArray([.. inputs.Select(Describe)]);
        if (expansion is not null)
            data["prompt_expansion"] = Describe(expansion);
        return data;
    }

    private static JsonObject Describe(PromptExpansion expansion)
    {
        var described = new JsonObject { ["by"] = expansion.By };
        if (expansion.Model is { } model)
            described["model"] = model;
        if (expansion.Note is { } note)
            described["note"] = note;
        return described;
    }

    private static JsonObject Describe(RunInput input)
    {
        var described = new JsonObject
        {
            ["field"] = input.Field,
            ["sha256"] = input.Digest,
            ["content_type"] = input.ContentType,
            ["size_bytes"] = input.SizeBytes,
            ["width"] = input.Width,
            ["height"] = input.Height,
        };
        if (input.Seconds is { } seconds)
        {
            described["duration"] = seconds;
            described["has_audio"] = input.HasAudio;
            if (input.LostSeconds > 0)
                described["lost_seconds"] = input.LostSeconds;
            var (lostPictures, notes) = InspectionRecord.Read(input.Details);
            if (lostPictures > 0)
                described["lost_picture_seconds"] = lostPictures;
            if (notes.Count > 0)
                described["notes"] = new JsonArray([.. notes.Select(note => JsonValue.Create(note))]);
        }

        return described;
    }
}
