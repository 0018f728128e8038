using System.Globalization;
using System.Text.Json.Serialization.Metadata;

namespace Kinema.Client;

public sealed partial class KinemaClient
{
    /// <summary>Lists one page of runs, newest first by default.</summary>
    public Task<Page<Run>> ListRunsAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        ListAsync("v1/runs", options, Wire.Default.PageRun, cancellationToken);

    /// <summary>Lists one page of models, by path by default.</summary>
    public Task<Page<Model>> ListModelsAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        ListAsync("v1/models", options, Wire.Default.PageModel, cancellationToken);

    /// <summary>Lists one page of the organisation's assets, newest first by default.</summary>
    public Task<Page<Asset>> ListAssetsAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        ListAsync("v1/assets", options, Wire.Default.PageAsset, cancellationToken);

    /// <summary>Gets an asset with a newly signed URL.</summary>
    public Task<Asset> GetAssetAsync(Guid id, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, $"v1/assets/{id}", null, Wire.Default.Asset, cancellationToken);

    /// <summary>Deletes an asset that no unfinished run uses.</summary>
    public Task DeleteAssetAsync(Guid id, CancellationToken cancellationToken = default) => DeleteAsync($"v1/assets/{id}", cancellationToken);

    private Task<Page<T>> ListAsync<T>(string path, ListOptions? options, JsonTypeInfo<Page<T>> type, CancellationToken cancellationToken)
    {
        var query = BuildQuery(
            ("q", options?.Filter), ("sort_by", options?.SortBy), ("limit", options?.Limit?.ToString(CultureInfo.InvariantCulture)), ("pq", options?.Cursor));
        return SendAsync(HttpMethod.Get, path + query, null, type, cancellationToken);
    }
}
