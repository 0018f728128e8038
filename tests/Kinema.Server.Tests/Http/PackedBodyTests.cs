using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Http;

/// <summary>Bodies with <c>Content-Encoding</c>: what is unpacked, what is refused, and that the limits count what comes out.</summary>
public sealed class PackedBodyTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private HttpClient Client => shared.Server.Client;

    [Theory]
    [InlineData("gzip", false)]
    [InlineData("gzip", true)]
    [InlineData("GZip", false)]
    [InlineData("x-gzip", false)]
    [InlineData("identity, gzip", false)]
    public async Task A_run_is_created_from_a_gzip_body(string encoding, bool chunked)
    {
        var response = await SendAsync(SharedServer.RunsPath, Pack(SharedServer.RunBody().ToJsonString()), encoding, chunked);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Ct));
        (await response.ReadJsonAsync())["input"]!["prompt"].Text().ShouldBe("slow push in");
    }

    [Fact]
    public async Task An_upload_is_announced_with_a_gzip_body()
    {
        var packed = Pack("""{"filename":"a.png","mime_type":"image/png","size_bytes":9}""");
        (await SendAsync("/v1/asset-uploads", packed, "gzip")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_picture_of_megabytes_is_unpacked_too()
    {
        var body = SharedServer.RunBody();
        body["input"]!["image_url"] = Samples.DataUri(Samples.Photograph("coffee"));
        var text = body.ToJsonString().PadRight(3 << 20);
        (await SendAsync(SharedServer.RunsPath, Pack(text), "gzip")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_encoding_identity_is_none()
    {
        var body = Encoding.UTF8.GetBytes(SharedServer.RunBody().ToJsonString());
        (await SendAsync(SharedServer.RunsPath, body, "identity")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("gzip, gzip")]
    [InlineData("gzip, br")]
    public async Task Another_encoding_is_415_and_says_what_is_read(string encoding)
    {
        var response = await SendAsync(SharedServer.RunsPath, Pack("{}"), encoding);
        var error = await response.ShouldBeErrorAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
        error["message"].Text().ShouldContain($"\"{encoding}\"");
        response.Headers.GetValues("Accept-Encoding").Single().ShouldBe("gzip, identity");
    }

    [Theory]
    [InlineData(SharedServer.RunsPath)]
    [InlineData("/v1/asset-uploads")]
    public async Task A_gzip_body_that_is_cut_off_anywhere_is_400(string path)
    {
        var packed = Pack(SharedServer.RunBody().ToJsonString());
        foreach (var length in new[] { 1, 5, packed.Length / 2, packed.Length - 8, packed.Length - 4, packed.Length - 1 })
            await (await SendAsync(path, packed[..length], "gzip")).ShouldBeErrorAsync(HttpStatusCode.BadRequest, "BAD_REQUEST");
    }

    [Fact]
    public async Task A_plain_a_damaged_or_a_lengthened_body_that_is_called_gzip_is_400()
    {
        var packed = Pack(SharedServer.RunBody().ToJsonString());
        var damaged = packed.ToArray();
        damaged[^6] ^= 1;
        foreach (var body in new[] { "{}"u8.ToArray(), damaged, [.. packed, 1, 2, 3, 4], [.. packed, .. packed] })
            await (await SendAsync(SharedServer.RunsPath, body, "gzip")).ShouldBeErrorAsync(HttpStatusCode.BadRequest, "BAD_REQUEST");
    }

    [Theory]
    [InlineData(SharedServer.RunsPath, 16 << 20)]
    [InlineData("/v1/asset-uploads", 1 << 20)]
    public async Task The_limit_counts_unpacked_bytes_and_the_error_names_it(string path, int limit)
    {
        var exactly = await SendAsync(path, Pack("""{"input":{"prompt":5},"size_bytes":0}""".PadRight(limit)), "gzip");
        await exactly.ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");

        var larger = await SendAsync(path, Pack("{}".PadRight(limit + 1)), "gzip");
        var error = await larger.ShouldBeErrorAsync(HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE");
        error["message"].Text().ShouldContain($"{limit} bytes");
    }

    private async Task<HttpResponseMessage> SendAsync(string path, byte[] body, string encoding, bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Headers.TransferEncodingChunked = chunked;
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        return await Client.SendAsync(request, Ct);
    }

    private static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
