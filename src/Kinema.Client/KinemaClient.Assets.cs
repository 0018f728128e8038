using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Kinema.Client;

public sealed partial class KinemaClient
{
    /// <summary>Uploads a file in the contract's three steps. Pass <see cref="Asset.Reference"/> of the result as a run's media input.</summary>
    /// <param name="content">File content; read from the current position to the end.</param>
    /// <param name="fileName">Display name; not a path.</param>
    /// <param name="mimeType">Content type, for example <c>image/jpeg</c>.</param>
    /// <param name="sizeBytes">Exact length of <paramref name="content"/>, bytes.</param>
    /// <param name="cancellationToken">Cancels the upload; a partial upload never becomes an input.</param>
    public async Task<Asset> UploadAsync(Stream content, string fileName, string mimeType, long sizeBytes, CancellationToken cancellationToken = default)
    {
        var slot = await SendAsync(
            HttpMethod.Post,
            "v1/asset-uploads",
            JsonContent.Create(new UploadBody(fileName, mimeType, sizeBytes), Wire.Default.UploadBody),
            Wire.Default.UploadSlot,
            cancellationToken);

        await PutAsync(slot.UploadUrl, content, mimeType, sizeBytes, cancellationToken);
        return await SendAsync(
            HttpMethod.Post,
            $"v1/asset-uploads/{slot.AssetId}/confirmations",
            JsonContent.Create(new ConfirmBody(), Wire.Default.ConfirmBody),
            Wire.Default.Asset,
            cancellationToken);
    }

    /// <summary>Downloads a signed output URL to <paramref name="destination"/>. The API key is not sent: the signature authorizes the request.</summary>
    /// <param name="url">URL from the run record.</param>
    /// <param name="destination">Stream to write to, from the current position.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    public async Task DownloadAsync(string url, Stream destination, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await ErrorResponse.ThrowIfErrorAsync(response, cancellationToken);
        await response.Content.CopyToAsync(destination, cancellationToken);
    }

    // No API key: the URL may point to another host, and its signature authorizes the request.
    private async Task PutAsync(string url, Stream content, string mimeType, long sizeBytes, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, url);
        request.Content = new StreamContent(content);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(mimeType);
        request.Content.Headers.ContentLength = sizeBytes;
        using var response = await http.SendAsync(request, cancellationToken);
        await ErrorResponse.ThrowIfErrorAsync(response, cancellationToken);
    }
}
