using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Kinema.Engines;
using Kinema.Hosted.DashScope.Wire;

namespace Kinema.Hosted.DashScope.Media;

/// <summary>Puts a file into the account's temporary storage, where it stays for two days and serves the one model.</summary>
internal sealed class TemporaryUpload(DashScopeAccount account, DashScopeClient client, Exchange exchange, TimeProvider timeProvider)
{
    private const int MostKept = 1000;

    private static readonly TimeSpan _timeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan _use = TimeSpan.FromHours(12);

    private readonly ConcurrentDictionary<string, (string Address, long At)> _uploaded = new(StringComparer.Ordinal);

    /// <summary>Uploads a file, or names what was uploaded of it: a run whose submit is refused for now comes back with the same file.</summary>
    /// <returns>Its address, <c>oss://…</c>.</returns>
    public async Task<string> HandleAsync(MediaInput input, Func<Stream> open, CancellationToken ct)
    {
        if (_uploaded.TryGetValue(input.Digest, out var known) && timeProvider.GetElapsedTime(known.At) < _use)
            return known.Address;
        if (_uploaded.Count >= MostKept)
            _uploaded.Clear();

        var address = await UploadAsync(input, open, ct);
        _uploaded[input.Digest] = (address, timeProvider.GetTimestamp());
        return address;
    }

    private async Task<string> UploadAsync(MediaInput input, Func<Stream> open, CancellationToken ct)
    {
        var policy = await client.GetUploadPolicyAsync(ct);
        string Value(string name) => policy.Text(name) ?? throw new ProviderAwayException($"The provider's upload policy has no {name}.") { MayHaveArrived = false };

        if (!Uri.TryCreate(Value("upload_host"), UriKind.Absolute, out var host) || host.Scheme != account.AddressOf("").Scheme)
            throw new ProviderAwayException("The provider's upload address is none.") { MayHaveArrived = false };

        var key = $"{Value("upload_dir")}/{Guid.CreateVersion7(timeProvider.GetUtcNow()):n}{ExtensionOf(input.ContentType)}";
        await using var file = open();
        using var form = new MultipartFormDataContent();
        // OSS reads quoted names and a bare boundary, and nothing behind the file.
        var boundary = form.Headers.ContentType!.Parameters.Single(p => p.Name == "boundary");
        boundary.Value = boundary.Value!.Trim('"');
        foreach (var (name, value) in new[]
        {
            ("OSSAccessKeyId", Value("oss_access_key_id")), ("Signature", Value("signature")), ("policy", Value("policy")), ("key", key),
            ("x-oss-object-acl", policy.Text("x_oss_object_acl") ?? "private"), ("x-oss-forbid-overwrite", policy.Text("x_oss_forbid_overwrite") ?? "true"),
            ("success_action_status", "200"),
        })
        {
            form.Add(Part(new StringContent(value), name, fileName: null, contentType: null));
        }

        form.Add(Part(new StreamContent(file), "file", "file" + ExtensionOf(input.ContentType), input.ContentType));
        using var request = new HttpRequestMessage(HttpMethod.Post, host) { Content = form };
        var status = await exchange.SendPlainAsync(request, _timeout, ct);
        return status is HttpStatusCode.OK or HttpStatusCode.NoContent
            ? "oss://" + key
            : throw new ProviderAwayException($"The provider's storage answers {(int)status}.") { MayHaveArrived = false };
    }

    private static HttpContent Part(HttpContent content, string name, string? fileName, string? contentType)
    {
        content.Headers.ContentType = contentType is null ? null : new MediaTypeHeaderValue(contentType);
        content.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{name}\"", FileName = fileName is null ? null : $"\"{fileName}\"" };
        return content;
    }

    private static string ExtensionOf(string contentType) => contentType switch
    {
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        "image/bmp" => ".bmp",
        "image/webp" => ".webp",
        "video/mp4" => ".mp4",
        "video/quicktime" => ".mov",
        "audio/wav" or "audio/x-wav" or "audio/wave" => ".wav",
        "audio/mpeg" or "audio/mp3" => ".mp3",
        _ => ".bin",
    };
}
