using System.Net.Http.Headers;

namespace Kinema.Client;

public sealed partial class KinemaClient
{
    /// <summary>Uploads a file. Pass <see cref="Asset.Reference"/> of the result as a run's media input.</summary>
    /// <param name="path">Path of the file; its ending tells the content type, and where it does not the server looks at the content.</param>
    /// <param name="cancellationToken">Cancels the upload; a partial upload never becomes an input.</param>
    public async Task<Asset> UploadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var content = File.OpenRead(path);
        return await UploadAsync(content, Path.GetFileName(path), null, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Uploads the rest of a stream and leaves the stream open. Pass <see cref="Asset.Reference"/> of the result as a run's media input.</summary>
    /// <remarks>It may take as long as bytes move. Only a stream that can seek is sent again after a network error.</remarks>
    /// <param name="content">Content, from the current position to the end.</param>
    /// <param name="fileName">Display name, 1 to 500 characters; not a path.</param>
    /// <param name="mimeType">Content type, for example <c>image/jpeg</c>; null takes it from the ending of <paramref name="fileName"/>.</param>
    /// <param name="sizeBytes">Exact length of <paramref name="content"/>, bytes; null if the stream can seek. Servers take 50 MiB by default.</param>
    /// <param name="cancellationToken">Cancels the upload; a partial upload never becomes an input.</param>
    public Task<Asset> UploadAsync(Stream content, string fileName, string? mimeType = null, long? sizeBytes = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        if (sizeBytes is null && !content.CanSeek)
            throw new ArgumentException("The stream cannot seek, so its length must be given as sizeBytes.", nameof(sizeBytes));
        if (mimeType is not null && !MediaTypeHeaderValue.TryParse(mimeType, out _))
            throw new ArgumentException($"mimeType must be a content type such as image/jpeg; got '{mimeType}'.", nameof(mimeType));
        return UploadAsync(content, new UploadBody(fileName, mimeType ?? MediaTypes.Of(fileName), sizeBytes ?? content.Length - content.Position), cancellationToken);
    }

    /// <summary>Gets an asset with a newly signed URL.</summary>
    public Task<Asset> GetAssetAsync(Guid id, CancellationToken cancellationToken = default) =>
        _api.SendAsync(ApiCall.Get($"v1/assets/{id}"), Wire.Default.Asset, cancellationToken);

    /// <summary>Lists the organization's assets, newest first by default.</summary>
    public PagedList<Asset> ListAssetsAsync(ListOptions? options = null) => List("v1/assets", options, Wire.Default.PageAsset);

    /// <summary>Deletes an asset that no unfinished run uses (409 otherwise).</summary>
    public Task DeleteAssetAsync(Guid id, CancellationToken cancellationToken = default) => _api.DeleteAsync($"v1/assets/{id}", cancellationToken);

    /// <summary>Downloads the first output of a run to a file, completely or not at all.</summary>
    /// <param name="run">A run that succeeded. The URL in a record expires; <see cref="GetRunAsync"/> returns one with a new URL.</param>
    /// <param name="path">Path of the file, which is replaced if it exists; its folder must exist.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    /// <exception cref="RunFailedException">The run did not succeed.</exception>
    public Task DownloadAsync(Run run, string path, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.EnsureSucceeded().Output?.Outputs is [var file, ..]
            ? DownloadAsync(file.Url, path, cancellationToken)
            : throw new ArgumentException($"Run {run.Id} has no output.", nameof(run));
    }

    /// <summary>Downloads a signed URL to a file, completely or not at all. The API key is not sent: the signature authorizes the request.</summary>
    /// <param name="url">URL from a record, for example <see cref="OutputFile.Url"/>.</param>
    /// <param name="path">Path of the file, which is replaced if it exists; its folder must exist.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    public async Task DownloadAsync(string url, string path, CancellationToken cancellationToken = default)
    {
        var signed = ReadUrl(url);
        ArgumentException.ThrowIfNullOrEmpty(path);

        // A name of its own, so that no other download and no other file is touched.
        var unfinished = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write);
            await using (file.ConfigureAwait(false))
                await _api.DownloadAsync(signed, file, cancellationToken).ConfigureAwait(false);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Downloads a signed URL to a stream, which stays open. The API key is not sent: the signature authorizes the request.</summary>
    /// <param name="url">URL from a record, for example <see cref="OutputFile.Url"/>.</param>
    /// <param name="destination">Stream to write to, from its current position.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    public Task DownloadAsync(string url, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return _api.DownloadAsync(ReadUrl(url), destination, cancellationToken);
    }

    private async Task<Asset> UploadAsync(Stream content, UploadBody body, CancellationToken cancellationToken)
    {
        var slot = await _api.SendAsync(ApiCall.Post("v1/asset-uploads", body, Wire.Default.UploadBody), Wire.Default.UploadSlot, cancellationToken).ConfigureAwait(false);
        await _api.UploadAsync(ReadUrl(slot.UploadUrl), content, body.MimeType, body.SizeBytes, cancellationToken).ConfigureAwait(false);
        return await _api.SendAsync(
            ApiCall.Post($"v1/asset-uploads/{slot.AssetId}/confirmations", new(), Wire.Default.ConfirmBody), Wire.Default.Asset, cancellationToken).ConfigureAwait(false);
    }

    // Not repeated in the message: a signed URL is a secret while it lasts.
    private static Uri ReadUrl(string url)
    {
        ArgumentException.ThrowIfNullOrEmpty(url);
        return Uri.TryCreate(url, UriKind.Absolute, out var read) && read.Scheme is "http" or "https"
            ? read
            : throw new ArgumentException("A download needs an absolute http or https URL, as records have it.", nameof(url));
    }
}
