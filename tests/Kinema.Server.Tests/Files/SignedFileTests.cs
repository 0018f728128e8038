using System.Net;
using System.Net.Http.Headers;
using Kinema.Core.Artifacts;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Files;

public sealed class SignedFileTests(WorkingServer working) : IClassFixture<WorkingServer>, IDisposable
{
    private readonly HttpClient _anybody = working.Server.CreateClient();

    public void Dispose() => _anybody.Dispose();

    [Fact]
    public async Task A_video_is_downloaded_without_a_key_under_its_own_file_name()
    {
        var response = await _anybody.GetAsync(working.VideoUrl, Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var bytes = await response.Content.ReadAsByteArrayAsync(Ct);
        bytes.Length.ShouldBe(working.Run["output"]!["outputs"]![0]!["size_bytes"]!.GetValue<int>());
        response.Content.Headers.ContentType!.MediaType.ShouldBe("video/mp4");
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("inline");
        response.Content.Headers.ContentDisposition.FileName.ShouldBe($"image-to-video-{working.RunId}.mp4");
        response.Headers.CacheControl!.Private.ShouldBeTrue();
        response.Headers.CacheControl.MaxAge!.Value.ShouldBeInRange(TimeSpan.FromHours(23), TimeSpan.FromHours(24));
        response.Headers.AcceptRanges.ShouldBe(["bytes"]);
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.ETag!.Tag.ShouldBe($"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))}\"");
    }

    [Fact]
    public async Task A_poster_is_a_picture()
    {
        var response = await _anybody.GetAsync(new Uri(working.Run["output"]!["model_data"]!["poster_url"].Text()), Ct);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
    }

    [Fact]
    public async Task HEAD_returns_the_same_headers_without_a_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, working.VideoUrl);
        var response = await _anybody.SendAsync(request, Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentLength.ShouldBe(working.Run["output"]!["outputs"]![0]!["size_bytes"]!.GetValue<long>());
        response.Headers.ETag.ShouldNotBeNull();
        (await response.Content.ReadAsByteArrayAsync(Ct)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, 99, 100)]
    [InlineData(10, 10, 1)]
    [InlineData(null, 5, 5)]
    public async Task A_range_is_answered_with_its_bytes(int? from, int? to, int length)
    {
        var whole = await _anybody.GetByteArrayAsync(working.VideoUrl, Ct);
        var response = await GetAsync(r => r.Headers.Range = new RangeHeaderValue(from, to));
        response.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        var start = from ?? whole.Length - length;
        (await response.Content.ReadAsByteArrayAsync(Ct)).ShouldBe(whole[start..(start + length)]);
        response.Content.Headers.ContentRange!.Length.ShouldBe(whole.Length);
    }

    [Fact]
    public async Task A_range_beyond_the_file_is_416()
    {
        var response = await GetAsync(r => r.Headers.Range = new RangeHeaderValue(1 << 30, null));
        await response.ShouldBeErrorAsync(HttpStatusCode.RequestedRangeNotSatisfiable, "RANGE_NOT_SATISFIABLE");
    }

    [Fact]
    public async Task A_range_of_a_changed_file_returns_the_whole_file()
    {
        var response = await GetAsync(r =>
        {
            r.Headers.Range = new RangeHeaderValue(0, 9);
            r.Headers.IfRange = new RangeConditionHeaderValue("\"another\"");
        });
        response.StatusCode.ShouldBe(HttpStatusCode.OK);

        var etag = response.Headers.ETag!;
        var same = await GetAsync(r =>
        {
            r.Headers.Range = new RangeHeaderValue(0, 9);
            r.Headers.IfRange = new RangeConditionHeaderValue(etag);
        });
        same.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await GetAsync(r => r.Headers.IfNoneMatch.Add(etag))).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Theory]
    [InlineData("signature=", "signature=A")]
    [InlineData("signature=", "signatur=")]
    [InlineData("expires=", "expires=9")]
    [InlineData("video.mp4", "poster.jpg")]
    [InlineData("/artifacts/", "/assets/")]
    public async Task A_forged_address_is_refused(string original, string forged)
    {
        var url = working.VideoUrl.AbsoluteUri;
        url.ShouldContain(original == "video.mp4" ? ".mp4" : original);
        var tampered = original == "video.mp4" ? url.Replace(".mp4", ".jpg", StringComparison.Ordinal) : url.Replace(original, forged, StringComparison.Ordinal);
        var response = await _anybody.GetAsync(new Uri(tampered), Ct);
        if (forged == "/assets/")
            await response.ShouldBeErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        else
            await response.ShouldBeErrorAsync(HttpStatusCode.Forbidden, "URL_INVALID");
    }

    [Theory]
    [InlineData("!")]
    [InlineData("=")]
    [InlineData("%20")]
    [InlineData("%2B")]
    [InlineData("%00")]
    [InlineData("%C3%A9")]
    public async Task A_damaged_signature_is_refused_wherever_the_damage_is(string damage)
    {
        var url = working.VideoUrl.AbsoluteUri;
        var start = url.IndexOf("signature=", StringComparison.Ordinal) + "signature=".Length;

        foreach (var at in new[] { start, start + 20, url.Length - 1 })
        {
            var damaged = new Uri(string.Concat(url.AsSpan(0, at), damage, url.AsSpan(at + 1)));
            await (await _anybody.GetAsync(damaged, Ct)).ShouldBeErrorAsync(HttpStatusCode.Forbidden, "URL_INVALID");
        }
    }

    [Fact]
    public async Task Another_organisation_s_signature_does_not_open_a_file()
    {
        var mine = working.Server.Caller.OrgId.ToString();
        var urls = working.Server.Services.GetRequiredService<ISignedUrls>();
        var key = string.Join('/', working.VideoUrl.AbsolutePath.Split('/')[5..]);
        var forOther = urls.ForArtifact(Guid.CreateVersion7(), key);
        await (await _anybody.GetAsync(forOther, Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        var swapped = new Uri(forOther.AbsoluteUri.Replace(forOther.AbsolutePath.Split('/')[4], mine, StringComparison.Ordinal));
        await (await _anybody.GetAsync(swapped, Ct)).ShouldBeErrorAsync(HttpStatusCode.Forbidden, "URL_INVALID");
    }

    [Fact]
    public async Task An_expired_address_is_refused_and_reading_the_record_again_gives_a_fresh_one()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var server = await TestServer.StartAsync(
            ["Worker:Enabled=false", "Urls:LifetimeSeconds=60"], b => b.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        using var anybody = server.CreateClient();
        var asset = await UploadAsync(server);
        (await anybody.GetAsync(asset.Url, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        clock.Advance(TimeSpan.FromSeconds(60));
        await (await anybody.GetAsync(asset.Url, Ct)).ShouldBeErrorAsync(HttpStatusCode.Forbidden, "URL_EXPIRED");
        var again = await (await server.Client.GetAsync($"/v1/assets/{asset.Id}", Ct)).ReadJsonAsync();
        (await anybody.GetAsync(new Uri(again["url"].Text()), Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_file_of_a_type_that_browsers_execute_is_served_as_a_download()
    {
        var asset = await UploadAsync(working.Server, "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"u8.ToArray());
        var response = await _anybody.GetAsync(asset.Url, Ct);
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("sandbox");
    }

    private static async Task<(string Id, Uri Url)> UploadAsync(TestServer server, string type = "image/png", byte[]? bytes = null)
    {
        bytes ??= await File.ReadAllBytesAsync(Samples.Photograph("cat"), Ct);
        var announced = await (await server.Client.PostAsync(
            "/v1/asset-uploads", Json($$"""{"filename":"cat","mime_type":"{{type}}","size_bytes":{{bytes.Length}}}"""), Ct)).ReadJsonAsync();
        using var content = new ByteArrayContent(bytes);
        (await server.Client.PutAsync(announced["upload_url"].Text(), content, Ct)).EnsureSuccessStatusCode();
        var id = announced["asset_id"].Text();
        var confirmed = await (await server.Client.PostAsync($"/v1/asset-uploads/{id}/confirmations", Json("{}"), Ct)).ReadJsonAsync();
        return (id, new Uri(confirmed["url"].Text()));
    }

    private async Task<HttpResponseMessage> GetAsync(Action<HttpRequestMessage> prepare)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, working.VideoUrl);
        prepare(request);
        return await _anybody.SendAsync(request, Ct);
    }
}
