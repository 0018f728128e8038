namespace Kinema.Core.Catalog;

/// <summary>The models of this server.</summary>
public interface ICatalog
{
    IReadOnlyList<ModelManifest> Models { get; }

    ModelManifest? Find(string slug);

    ModelManifest? Find(Guid id);
}
