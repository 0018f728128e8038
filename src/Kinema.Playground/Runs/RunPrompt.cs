using System.Text.Json;
using Kinema.Core.Catalog;
using Kinema.Core.Runs;

namespace Kinema.Playground.Runs;

/// <summary>The prompt of a run, by which people know it again.</summary>
internal static class RunPrompt
{
    /// <summary>Null for a run without one, and for one whose model is no longer in the catalogue.</summary>
    public static string? Read(Run run, ICatalog catalog)
    {
        if (catalog.Find(run.ModelSlug)?.Inputs.FirstOrDefault(field => field.Meaning == FieldMeaning.Prompt) is not { } prompt)
            return null;

        using var input = JsonDocument.Parse(run.InputJson);
        return input.RootElement.TryGetProperty(prompt.Name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString()!.Trim() is { Length: > 0 } text
            ? text
            : null;
    }
}
