namespace Kinema.Core.Catalog;

/// <summary>A model as the catalogue shows it.</summary>
/// <param name="Manifest">Its definition.</param>
/// <param name="IsServed">Whether a worker runs it now.</param>
public sealed record ModelEntry(ModelManifest Manifest, bool IsServed)
{
    public bool IsAvailable => Manifest.Enabled && IsServed;

    /// <summary>The first segment of the path.</summary>
    public string Owner => Manifest.Slug.Split('/')[0];

    public DateTimeOffset UpdatedAt => Manifest.UpdatedAt;
}

/// <summary>A row of a model: an input, an output, an example or a price.</summary>
public sealed record ModelRow<T>(ModelManifest Model, T Value, int Order)
{
    public DateTimeOffset UpdatedAt => Model.UpdatedAt;
}

public static class ModelRow
{
    public static IEnumerable<ModelRow<T>> Of<T>(ModelManifest model, IEnumerable<T> values) => values.Select((value, i) => new ModelRow<T>(model, value, i));
}
