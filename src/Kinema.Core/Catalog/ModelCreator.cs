using Kinema.Core.Json;

namespace Kinema.Core.Catalog;

/// <summary>Who made models: the owner in their paths, named as their manifests' provider.</summary>
/// <param name="Slug">The first segment of the paths.</param>
/// <param name="Models">At least one, in the catalogue's order.</param>
public sealed record ModelCreator(string Slug, IReadOnlyList<ModelEntry> Models)
{
    public Guid Id => CatalogIds.OfCreator(Slug);

    public static RecordWriter<ModelCreator> Record { get; } = new(
        ("id", (w, n, c) => w.WriteString(n, c.Id)),
        ("slug", (w, n, c) => w.WriteString(n, c.Slug)),
        ("display_name", (w, n, c) => w.WriteString(n, c.Models[0].Manifest.Provider)),
        ("description", RecordWriter.Null),
        ("avatar_url", RecordWriter.Null),
        ("website_url", RecordWriter.Null),
        ("claimed_by_org_id", RecordWriter.Null),
        ("created_at", (w, n, c) => w.WriteTime(n, c.Models.Min(model => model.UpdatedAt))),
        ("updated_at", (w, n, c) => w.WriteTime(n, c.Models.Max(model => model.UpdatedAt))),
        ("models", (w, n, c) => ModelPresenter.Record.WriteArray(w, n, c.Models)));

    public static IReadOnlyList<ModelCreator> Of(IEnumerable<ModelEntry> models) =>
        [.. models.GroupBy(model => model.Owner).Select(group => new ModelCreator(group.Key, [.. group]))];

    public byte[] ToJson() => WireJson.Write(writer => Record.Write(writer, this));
}
