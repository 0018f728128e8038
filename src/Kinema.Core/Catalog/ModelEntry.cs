namespace Kinema.Core.Catalog;

/// <summary>A model as the catalogue shows it.</summary>
/// <param name="Manifest">Its definition.</param>
/// <param name="IsServed">Whether a worker runs it now.</param>
public sealed record ModelEntry(ModelManifest Manifest, bool IsServed)
{
    public bool IsAvailable => Manifest.Enabled && IsServed;

    /// <summary>Whether this is what stands for the model in a path: its slug or its id.</summary>
    public bool IsAt(string path) => path == Manifest.Slug || (Guid.TryParseExact(path, "D", out var id) && id == Manifest.Id);

    /// <summary>The first segment of the path.</summary>
    public string Owner => Manifest.Slug.Split('/')[0];

    /// <summary>A manifest has no time of its own, so its day stands for both times of every record.</summary>
    public DateTimeOffset UpdatedAt => new(Manifest.LastUpdated, TimeOnly.MinValue, TimeSpan.Zero);
}

/// <summary>A row of a model: an input, an output, an example or a price.</summary>
public sealed record ModelRow<T>(ModelManifest Model, T Value, int Order)
{
    public DateTimeOffset UpdatedAt => new(Model.LastUpdated, TimeOnly.MinValue, TimeSpan.Zero);
}

public static class ModelRow
{
    public static IEnumerable<ModelRow<T>> Of<T>(ModelManifest model, IEnumerable<T> values) => values.Select((value, i) => new ModelRow<T>(model, value, i));
}
