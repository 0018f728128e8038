using System.Text;

namespace Kinema.Core.Catalog;

/// <summary>
/// Derives the ids of everything that a manifest describes and that has no id there, so that they are the same on every server and after every restart.
/// </summary>
internal static class CatalogIds
{
    /// <summary>Of a row of a model: <c>{model id}/input/{name}</c>.</summary>
    public static Guid OfRow(ModelManifest model, string kind, string name) => Derive($"{model.Id:D}/{kind}/{name}");

    /// <summary>Of the owner of models: <c>creator/{slug}</c>.</summary>
    public static Guid OfCreator(string slug) => Derive($"creator/{slug}");

    private static Guid Derive(string path) => DerivedId.Of(Encoding.UTF8.GetBytes(path));
}
