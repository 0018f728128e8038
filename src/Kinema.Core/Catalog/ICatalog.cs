namespace Kinema.Core.Catalog;

/// <summary>The models of this server.</summary>
public interface ICatalog
{
    IReadOnlyList<ModelManifest> Models { get; }

    /// <summary>Those that anybody may see: a disabled model is known only to callers with a key.</summary>
    IEnumerable<ModelManifest> EnabledModels => Models.Where(model => model.Enabled);

    ModelManifest? Find(string slug);

    ModelManifest? Find(Guid id);

    /// <summary>Finds a model by what stands for it in a path: its slug or its id.</summary>
    ModelManifest? FindByPath(string slugOrId) => Guid.TryParseExact(slugOrId, "D", out var id) ? Find(id) : Find(slugOrId);
}
