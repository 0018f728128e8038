using System.Globalization;
using System.Text.Json.Nodes;
using Kinema.Core.Catalog;
using Kinema.Core.Keys;
using Kinema.Core.Runs;
using Kinema.Pages;

namespace Kinema.Playground.Models;

/// <summary>What the form begins with: the input of a run to change (<c>?from=</c>), an example (<c>?example=</c>), a photograph (<c>?sample=</c>), or a file of this server.</summary>
/// <param name="Input">Values by field; empty for the defaults.</param>
/// <param name="Note">What the visitor should know about them.</param>
public sealed record FormStart(JsonObject Input, string? Note = null)
{
    /// <summary>Whether the form shows something else than the defaults.</summary>
    internal bool IsGiven => Input.Count > 0;

    internal static async Task<FormStart> ReadAsync(PageRequest page, ModelManifest model, IReadOnlyList<SampleStart> samples)
    {
        if (page.Query("from") is { } from)
            return await ReadRunAsync(page, model, from);
        if (page.Query("example") is { } number && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < model.Examples.Count)
            return new(model.Examples[index].Input.DeepClone().AsObject());

        if (samples.FirstOrDefault(sample => sample.Photograph.Name == page.Query("sample")) is { } chosen)
            return new(chosen.Input.DeepClone().AsObject());

        var start = new JsonObject();
        Give(page.Query("prompt"), FieldMeaning.Prompt);
        Give(OwnFile(page.Query("image")), FieldMeaning.FirstFrame);
        Give(OwnFile(page.Query("video")), FieldMeaning.Clip);
        return new(start);

        void Give(string? value, FieldMeaning meaning)
        {
            if (value is not null && model.Inputs.FirstOrDefault(field => field.Meaning == meaning) is { } field)
                start[field.Name] = value;
        }

        // Only files of this server: a link must not fill in somebody else's. Pages may name them without the host.
        string? OwnFile(string? url)
        {
            var files = new Uri(page.Service<IPageAddress>().Base, "v1/files/");
            return url is not null && Uri.TryCreate(files, url, out var whole) && files.IsBaseOf(whole) ? whole.AbsoluteUri : null;
        }
    }

    /// <summary>The text of a field's value, or of its default.</summary>
    internal string? Text(FieldManifest field) => (Input[field.Name] ?? field.Default)?.ToString();

    /// <summary>The text of a field's value.</summary>
    internal string? Given(FieldManifest field) => Input[field.Name]?.ToString();

    /// <summary>The items of a list.</summary>
    internal IReadOnlyList<string> Items(FieldManifest field) => Input[field.Name] is JsonArray items ? [.. items.Select(item => item?.ToString() ?? "")] : [];

    internal bool Flag(FieldManifest field) => (Input[field.Name] ?? field.Default) is JsonValue value && value.TryGetValue<bool>(out var isSet) && isSet;

    private static async Task<FormStart> ReadRunAsync(PageRequest page, ModelManifest model, string from)
    {
        if (!page.Visitor!.Scopes.Contains(Scopes.RunsRead))
            return new([], $"The run could not be read: this session lacks the scope {Scopes.RunsRead}.");
        if (!Guid.TryParse(from, out var id) || await page.Service<IRunLedger>().FindAsync(page.Visitor.OrgId, id, page.Aborted) is not { } run)
            return new([], "The run to start from does not exist any more.");

        var known = model.Inputs.Select(field => field.Name).ToHashSet();
        var input = JsonNode.Parse(run.InputJson)!.AsObject();
        foreach (var name in input.Select(member => member.Key).Where(name => !known.Contains(name)).ToList())
            input.Remove(name);
        return new(input, $"The input of run {run.Id}. Change what you like.");
    }
}
