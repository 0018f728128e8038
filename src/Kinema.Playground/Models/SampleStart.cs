using System.Text.Json.Nodes;
using Kinema.Core.Catalog;
using Kinema.Engines;
using Kinema.Playground.Pictures;

namespace Kinema.Playground.Models;

/// <summary>A photograph of the server as the beginning of a run of one model.</summary>
/// <param name="Photograph">The photograph.</param>
/// <param name="Original">Its file.</param>
/// <param name="Thumbnail">A small picture of it.</param>
/// <param name="Input">What it gives the form.</param>
public sealed record SampleStart(Photograph Photograph, KeptFile Original, KeptFile Thumbnail, JsonObject Input)
{
    /// <summary>Those that the model takes; none where it takes no picture to begin with.</summary>
    internal static IReadOnlyList<SampleStart> All(ModelManifest model, PictureLibrary pictures, Uri baseAddress) =>
        model.Inputs.FirstOrDefault(field => field.Meaning == FieldMeaning.FirstFrame) is not { } picture
            ? []
            : [.. pictures.Photographs.Where(photograph => Takes(picture.Media!, pictures.Original(photograph))).Select(photograph => new SampleStart(
                photograph, pictures.Original(photograph), pictures.Thumbnail(photograph), InputOf(model, picture, photograph, new Uri(baseAddress, pictures.Original(photograph).Route[1..]))))];

    private static bool Takes(MediaLimits limits, KeptFile file) => limits.ContentTypes.Contains(file.ContentType) && new FileInfo(file.File).Length <= limits.MaxBytes;

    private static JsonObject InputOf(ModelManifest model, FieldManifest picture, Photograph photograph, Uri url)
    {
        var input = new JsonObject();
        if (model.Inputs.FirstOrDefault(field => field.Meaning == FieldMeaning.Prompt) is { } prompt && photograph.Prompt.Length <= (prompt.MaxLength ?? int.MaxValue))
            input[prompt.Name] = photograph.Prompt;
        input[picture.Name] = url.AbsoluteUri;
        return input;
    }
}
