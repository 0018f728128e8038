using System.Text.Json;
using System.Text.Json.Nodes;
using Kinema.Core.Workers;

namespace Kinema.Core.Catalog;

/// <summary>Semantic rules of manifests.</summary>
internal static class ManifestRules
{
    /// <summary>Path segments that API routes use behind a model.</summary>
    private static readonly HashSet<string> _reserved = ["runs", "batches", "estimates", "inputs", "outputs", "pricing", "examples"];

    private static readonly string[] _posters = [".jpg", ".png", ".webp"];
    private static readonly string[] _previews = [".mp4", ".webm"];

    /// <summary>Returns each violated rule: field and problem.</summary>
    public static IEnumerable<(string Field, string Problem)> Check(ModelManifest model) =>
        CheckModel(model).Concat(model.Inputs.SelectMany(FieldRules.Check)).Concat(CheckMeanings(model)).Concat(CheckGroups(model)).Concat(CheckExamples(model));

    private static IEnumerable<(string Field, string Problem)> CheckModel(ModelManifest model)
    {
        var segments = model.Slug.Split('/');
        if (segments.Length < 2 || !segments.All(IsSegment))
            yield return ("slug", "must be owner/name, each part of lower-case letters, digits, dots and dashes");
        if (segments.Skip(1).FirstOrDefault(_reserved.Contains) is { } word)
            yield return ("slug", $"must not have the part {word}: the API uses that word itself");
        if (model.Version < 1)
            yield return ("version", "must be 1 or more");
        if (model.Price.Unit != "second")
            yield return ("price.unit", $"must be second; got \"{model.Price.Unit}\"");
        if (model.Poster is { } poster && !IsFile(poster, _posters))
            yield return ("poster", $"must be a path from the manifest's folder to a file of {string.Join(", ", _posters)}; got \"{poster}\"");
        if (model.Preview is { } preview && !IsFile(preview, _previews))
            yield return ("preview", $"must be a path from the manifest's folder to a file of {string.Join(", ", _previews)}; got \"{preview}\"");
        if (model is { Preview: not null, Poster: null })
            yield return ("preview", "must come with a poster, which stands there until it plays");
        if (model.Inputs.Count == 0)
            yield return ("inputs", "must not be empty");
        if (model.Engines.FirstOrDefault(engine => !EngineId.IsValid(engine)) is { } wrong)
            yield return ("engines", $"must be ids of engines: lower-case letters, digits and dashes; got \"{wrong}\"");
        if (model.FrameRate is < 1 or > 240)
            yield return ("frame_rate", $"must be from 1 to 240; got {model.FrameRate}");
        if (model.Setup is { Page: { } page } && !page.Split('/').All(IsSegment))
            yield return ("setup.page", $"must be a path below /docs/; got \"{page}\"");
        if (Repeated(model.Inputs.Select(f => f.Name)) is { } input)
            yield return ("inputs", $"names {input} twice");
        if (Repeated(model.Outputs.Select(f => f.Name)) is { } output)
            yield return ("outputs", $"names {output} twice");
    }

    private static IEnumerable<(string Field, string Problem)> CheckMeanings(ModelManifest model)
    {
        if (Repeated(model.Inputs.Where(f => f.Meaning != FieldMeaning.EngineSetting).Select(f => ManifestNode.CodeOf(f.Meaning))) is { } meaning)
            yield return ("inputs", $"have two fields with the meaning {meaning}");
        var duration = model.Inputs.FirstOrDefault(f => f.Meaning == FieldMeaning.Duration);
        if (duration is not ({ Default: not null } or { Required: true }) || duration is not { Minimum: >= 1, Maximum: <= 3600 })
            yield return ("inputs", "must have a duration with minimum, maximum and a default, because the price follows from it");
        var resolution = model.Inputs.FirstOrDefault(f => f.Meaning == FieldMeaning.Resolution);
        if (resolution is not null && (resolution.AllowedValues.Count == 0 || resolution.AllowedValues.Except(["480p", "720p", "1080p"]).Any()))
            yield return ($"inputs.{resolution.Name}.allowed_values", "must be of 480p, 720p and 1080p");
        if (model.Inputs.FirstOrDefault(f => f.Meaning == FieldMeaning.Frames) is not { } frames)
            yield break;
        if (model.FrameRate is null)
            yield return ("frame_rate", $"is missing: the duration of {frames.Name} follows from it");
        if (duration is not null && !model.NotTogether.Any(group => group.Contains(frames.Name) && group.Contains(duration.Name)))
            yield return ("not_together", $"must have a group with {frames.Name} and {duration.Name}, since one follows from the other");
    }

    private static IEnumerable<(string Field, string Problem)> CheckGroups(ModelManifest model)
    {
        foreach (var (place, groups) in new[] { ("exactly_one_of", model.ExactlyOneOf), ("not_together", model.NotTogether) })
        {
            foreach (var group in groups)
            {
                if (group.Count < 2)
                    yield return (place, "must hold groups of two or more fields");
                foreach (var name in group.Where(name => model.Inputs.All(f => f.Name != name)))
                    yield return (place, $"names {name}, which is not an input");
            }
        }
    }

    private static IEnumerable<(string Field, string Problem)> CheckExamples(ModelManifest model)
    {
        if (Repeated(model.Examples.Select(example => example.Title)) is { } title)
            yield return ("examples", $"have the title \"{title}\" twice");
        for (var i = 0; i < model.Examples.Count; i++)
        {
            foreach (var error in InputValidator.Validate(model, ElementOf(model.Examples[i].Input)).Errors)
                yield return ($"examples[{i}]", $"would be refused: {error.Message}");
        }
    }

    /// <summary>Goes through text: the serializer would prepare itself for every type that it knows, at each start.</summary>
    internal static JsonElement ElementOf(JsonNode node) => JsonElement.Parse(node.ToJsonString());

    private static bool IsSegment(string segment) =>
        segment.Length > 0 && segment[0] != '.' && segment.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_');

    /// <summary>A file below the manifest's folder.</summary>
    private static bool IsFile(string path, string[] types) =>
        types.Any(type => path.EndsWith(type, StringComparison.Ordinal)) && path.Split('/').All(part => IsSegment(part.ToLowerInvariant()));

    private static string? Repeated(IEnumerable<string> names) => names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1)?.Key;
}
