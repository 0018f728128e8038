using System.Text.Json;
using Kinema.Core.Artifacts;
using Kinema.Core.Assets;
using Kinema.Core.Catalog;
using Kinema.Core.Runs;

namespace Kinema.Playground.Runs.Detail;

/// <summary>An input of a run as people read it.</summary>
/// <param name="Name">The field's JSON name.</param>
/// <param name="Label">The field's title.</param>
/// <param name="Text">Its value.</param>
public sealed record InputRow(string Name, string Label, string Text)
{
    /// <summary>Kind of the medium; null for other fields.</summary>
    public FieldType? Medium { get; init; }

    /// <summary>URL of a stored medium, of the page's own origin.</summary>
    public string? File { get; init; }

    /// <summary>Digest of an asset's content: two assets can be the same picture.</summary>
    public string? Digest { get; init; }

    /// <summary>Whether the other says the same.</summary>
    internal bool IsLike(InputRow? other) => other is not null && (Text == other.Text || (Digest is not null && Digest == other.Digest));

    /// <summary>Reads the input with its defaults and its seed, in the order of the model's fields.</summary>
    internal static async Task<IReadOnlyList<InputRow>> ReadAllAsync(PageRequest page, Run run)
    {
        using var input = JsonDocument.Parse(run.EffectiveInputJson);
        var fields = page.Service<ICatalog>().Find(run.ModelSlug)?.Inputs ?? [];
        var order = fields.Select((field, i) => (field.Name, i)).ToDictionary(field => field.Name, field => field.i);
        var rows = new List<InputRow>();
        var given = input.RootElement.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null);
        foreach (var member in given.OrderBy(member => order.GetValueOrDefault(member.Name, int.MaxValue)))
        {
            var field = fields.FirstOrDefault(field => field.Name == member.Name);
            var row = new InputRow(member.Name, field?.DisplayName ?? member.Name, Read(member.Value));
            rows.Add(field?.Type is FieldType.Image or FieldType.Video or FieldType.File
                ? await WithFileAsync(page, run.OrgId, row with { Medium = field.Type })
                : row);
        }

        return rows;
    }

    private static string Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(item => item.ToString())),
        _ => value.GetRawText(),
    };

    /// <summary>Only what this server stores: a page asks no other host.</summary>
    private static async Task<InputRow> WithFileAsync(PageRequest page, Guid orgId, InputRow row)
    {
        var urls = page.Service<ISignedUrls>();
        var target = Uri.TryCreate(row.Text, UriKind.Absolute, out var url) ? urls.Resolve(url) : null;
        if (target is SignedTarget.Artifact artifact && artifact.OrgId == orgId)
            return row with { File = urls.ForArtifact(orgId, artifact.Key).PathAndQuery };

        var isAsset = AssetReference.TryParse(row.Text, out var id) || AssetReference.TryParseBare(row.Text, out id);
        if (target is SignedTarget.Asset asset && asset.OrgId == orgId)
            (isAsset, id) = (true, asset.AssetId);
        return isAsset && await page.Service<IAssets>().FindAsync(orgId, id, page.Aborted) is { Digest: { } digest }
            ? row with { File = urls.ForAsset(orgId, id).PathAndQuery, Digest = digest }
            : row;
    }
}
