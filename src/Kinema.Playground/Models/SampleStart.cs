using System.Text.Json.Nodes;
using Kinema.Core.Catalog;
using Kinema.Playground.Pictures;

namespace Kinema.Playground.Models;

/// <summary>A photograph of the server as the beginning of a run of one model.</summary>
/// <param name="Photograph">The photograph.</param>
/// <param name="Original">Its file.</param>
/// <param name="Thumbnail">A small picture of it.</param>
/// <param name="Input">What it gives the form.</param>
public sealed record SampleStart(Photograph Photograph, KeptFile Original, KeptFile Thumbnail, JsonObject Input)
{
    /// <summary>None where the model takes no picture to begin with.</summary>
    internal static IReadOnlyList<SampleStart> All(ModelManifest model, PictureLibrary pictures, Uri baseAddress) =>
        model.Inputs.FirstOrDefault(field => field.Meaning == FieldMeaning.FirstFrame) is not { } picture
            ? []
            : [.. pictures.Photographs.Select(photograph => new SampleStart(
                photograph, pictures.Original(photograph), pictures.Thumbnail(photograph), InputOf(model, picture, photograph, new Uri(baseAddress, pictures.Original(photograph).Route[1..]))))];

    private static JsonObject InputOf(ModelManifest model, FieldManifest picture, Photograph photograph, Uri url)
    {
        var input = new JsonObject();
        if (model.Inputs.FirstOrDefault(field => field.Meaning == FieldMeaning.Prompt) is { } prompt)
            input[prompt.Name] = photograph.Prompt;
        input[picture.Name] = url.AbsoluteUri;
        return input;
    }
}
