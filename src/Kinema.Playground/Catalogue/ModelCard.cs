using Kinema.Core.Catalog;
using Kinema.Playground.Pictures;

namespace Kinema.Playground.Catalogue;

/// <summary>A model as its card shows it.</summary>
public sealed record ModelCard(ModelManifest Model, KeptFile? Poster, KeptFile? Preview)
{
    internal static ModelCard Of(ModelManifest model, PictureLibrary pictures) =>
        new(model, model.Poster is { } poster ? pictures.Keep(poster) : null, model.Preview is { } preview ? pictures.Keep(preview) : null);
}
