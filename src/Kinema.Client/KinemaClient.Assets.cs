using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Kinema.Client;

public sealed partial class KinemaClient
{
    /// <summary>Uploads a file in the contract's three steps. <see cref="Asset.Reference"/> of the result is what a run's input names.</summary>
    /// <param name="content">Read from where it stands to its end.</param>
    /// <param name="fileName">For people; not a path.</param>
    /// <param name="mimeType">For example <c>image/jpeg</c>.</param>
    /// <param name="sizeBytes">Exactly as many as <paramref name="content"/> has.</param>
    /// <param name="ct">Ends the upload; what was sent so far is never an input.</param>
    public async Task<Asset> UploadAsync(Stream content, string fileName, string mimeType, long sizeBytes, CancellationToken ct = default)
    {
        var slot = await SendAsync(
            HttpMethod.Post,
            "v1/asset-uploads",
            JsonContent.Create(new UploadBody(fileName, mimeType, sizeBytes), Wire.Default.UploadBody),
            Wire.Default.UploadSlot,
            ct);

        await PutAsync(slot.UploadUrl, content, mimeType, sizeBytes, ct);
        return await SendAsync(
            HttpMethod.Post,
            $"v1/asset-uploads/{slot.AssetId}/confirmations",
            JsonContent.Create(new ConfirmBody(), Wire.Default.ConfirmBody),
            Wire.Default.Asset,
            ct);
    }

    /// <summary>Copies a signed URL of an output into <paramref name="destination"/>. The key is not sent: the URL carries its own permission.</summary>
    /// <param name="url">As a run's record gives it.</param>
    /// <param name="destination">Written from where it stands.</param>
    /// <param name="ct">Ends the copying.</param>
    public async Task DownloadAsync(string url, Stream destination, CancellationToken ct = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        await ErrorAnswer.ThrowIfErrorAsync(response, ct);
        await response.Content.CopyToAsync(destination, ct);
    }

    // No key: the URL may lead to another host and carries its own permission.
    private async Task PutAsync(string url, Stream content, string mimeType, long sizeBytes, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, url);
        request.Content = new StreamContent(content);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(mimeType);
        request.Content.Headers.ContentLength = sizeBytes;
        using var response = await http.SendAsync(request, ct);
        await ErrorAnswer.ThrowIfErrorAsync(response, ct);
    }
}
