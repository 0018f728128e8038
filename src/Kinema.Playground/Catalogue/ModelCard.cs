using Kinema.Core.Admission;
using Kinema.Core.Catalog;
using Kinema.Playground.Pictures;

namespace Kinema.Playground.Catalogue;

/// <summary>A model as its card shows it.</summary>
public sealed record ModelCard(ModelManifest Model, BoundEngine Engine, KeptFile? Poster, KeptFile? Preview)
{
    internal static ModelCard Of(ModelManifest model, BoundEngine engine, PictureLibrary pictures) =>
        new(model, engine, model.Poster is { } poster ? pictures.Keep(poster) : null, model.Preview is { } preview ? pictures.Keep(preview) : null);
}
