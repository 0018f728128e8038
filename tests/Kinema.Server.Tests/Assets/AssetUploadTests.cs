using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Assets;

public sealed class AssetUploadTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly byte[] _picture = File.ReadAllBytes(Samples.Photograph("coffee"));

    private HttpClient Client => shared.Server.Client;

    [Fact]
    public async Task A_file_is_announced_put_and_confirmed_and_then_readable_without_a_key()
    {
        var (id, upload) = await AnnounceAsync(_picture.Length);
        (await PutAsync(upload, _picture)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var confirmed = await ConfirmAsync(id);
        confirmed.StatusCode.ShouldBe(HttpStatusCode.Created);
        var asset = await confirmed.ReadJsonAsync();
        asset["id"].Text().ShouldBe(id);
        asset["size_bytes"]!.GetValue<long>().ShouldBe(_picture.Length);
        asset["mime_type"].Text().ShouldBe("image/png");

        using var anybody = shared.Server.CreateClient();
        var file = await anybody.GetAsync(new Uri(asset["url"].Text()), Ct);
        file.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        file.Content.Headers.ContentDisposition!.FileName.ShouldBe("coffee.png");
        (await file.Content.ReadAsByteArrayAsync(Ct)).ShouldBe(_picture);

        var again = await (await Client.GetAsync($"/v1/assets/{id}", Ct)).ReadJsonAsync();
        again["id"].Text().ShouldBe(id);
    }

    [Theory]
    [InlineData("""{"mime_type":"image/png","size_bytes":1}""", "filename")]
    [InlineData("""{"filename":"","mime_type":"image/png","size_bytes":1}""", "filename")]
    [InlineData("""{"filename":7,"mime_type":"image/png","size_bytes":1}""", "filename")]
    [InlineData("""{"filename":"a","mime_type":"","size_bytes":1}""", "mime_type")]
    [InlineData("""{"filename":"a","mime_type":"text/html","size_bytes":1}""", "mime_type")]
    [InlineData("""{"filename":"a","mime_type":"image/","size_bytes":1}""", "mime_type")]
    [InlineData("""{"filename":"a","mime_type":"image/*","size_bytes":1}""", "mime_type")]
    [InlineData("""{"filename":"a","mime_type":"image/png; charset=utf-8","size_bytes":1}""", "mime_type")]
    [InlineData("""{"filename":"a","mime_type":"image/png\r\nX-Evil: 1","size_bytes":1}""", "mime_type")]
    [InlineData("""{"filename":"a","mime_type":"image/\u00e9","size_bytes":1}""", "mime_type")]
    [InlineData("""{"filename":"a","mime_type":"image/png"}""", "size_bytes")]
    [InlineData("""{"filename":"a","mime_type":"image/png","size_bytes":0}""", "size_bytes")]
    [InlineData("""{"filename":"a","mime_type":"image/png","size_bytes":52428801}""", "size_bytes")]
    [InlineData("""{"filename":"a","mime_type":"image/png","size_bytes":"5"}""", "size_bytes")]
    [InlineData("""{"filename":"\ud800","mime_type":"image/png","size_bytes":1}""", "filename")]
    public async Task An_announcement_with_a_wrong_field_is_refused_by_its_name(string body, string field)
    {
        var error = await (await Client.PostAsync("/v1/asset-uploads", Json(body), Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
        error["errors"]![0]!["loc"]!.AsArray().Select(s => s.Text()).ShouldBe(["body", field]);
    }

    [Fact]
    public async Task How_large_an_upload_may_be_is_a_setting()
    {
        await using var server = await TestServer.StartAsync(["Server:MaxUploadBytes=60000000", "Worker:Enabled=false"]);
        var announced = await server.Client.PostAsync("/v1/asset-uploads", Json("""{"filename":"a","mime_type":"video/mp4","size_bytes":60000000}"""), Ct);
        announced.StatusCode.ShouldBe(HttpStatusCode.Created);

        using var content = new ByteArrayContent(new byte[60_000_000]);
        content.Headers.ContentType = new MediaTypeHeaderValue("video/mp4");
        (await server.Client.PutAsync(new Uri((await announced.ReadJsonAsync())["upload_url"].Text()), content, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var larger = await server.Client.PostAsync("/v1/asset-uploads", Json("""{"filename":"a","mime_type":"video/mp4","size_bytes":60000001}"""), Ct);
        await larger.ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task More_bytes_than_announced_are_refused()
    {
        var (_, upload) = await AnnounceAsync(10);
        await (await PutAsync(upload, new byte[11])).ShouldBeErrorAsync(HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE");
        await (await PutAsync(upload, new byte[11], chunked: true)).ShouldBeErrorAsync(HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE");
    }

    [Fact]
    public async Task Fewer_bytes_than_announced_are_refused_and_the_whole_file_is_still_taken()
    {
        var (id, upload) = await AnnounceAsync(_picture.Length);
        await (await PutAsync(upload, _picture[..100])).ShouldBeErrorAsync(HttpStatusCode.BadRequest, "BAD_REQUEST");
        await (await PutAsync(upload, [])).ShouldBeErrorAsync(HttpStatusCode.BadRequest, "BAD_REQUEST");
        await (await ConfirmAsync(id)).ShouldBeErrorAsync(HttpStatusCode.Conflict, "CONFLICT");
        (await PutAsync(upload, _picture)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ConfirmAsync(id)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_type_is_case_insensitive_and_the_name_loses_its_folders()
    {
        var announcement = Announcement(_picture.Length);
        announcement["mime_type"] = "IMAGE/PNG";
        announcement["filename"] = "../../photos\\coffee.png";
        var announced = await (await Client.PostAsync("/v1/asset-uploads", Json(announcement), Ct)).ReadJsonAsync();
        (await PutAsync(new Uri(announced["upload_url"].Text()), _picture)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var asset = await (await ConfirmAsync(announced["asset_id"].Text())).ReadJsonAsync();
        asset["mime_type"].Text().ShouldBe("image/png");

        using var anybody = shared.Server.CreateClient();
        var file = await anybody.GetAsync(new Uri(asset["url"].Text()), Ct);
        file.Content.Headers.ContentDisposition!.FileName.ShouldBe("coffee.png");
    }

    [Fact]
    public async Task Another_type_than_announced_is_refused()
    {
        var (_, upload) = await AnnounceAsync(_picture.Length);
        await (await PutAsync(upload, _picture, "image/jpeg")).ShouldBeErrorAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
    }

    [Fact]
    public async Task An_upload_without_content_cannot_be_confirmed()
    {
        var (id, _) = await AnnounceAsync(10);
        await (await ConfirmAsync(id)).ShouldBeErrorAsync(HttpStatusCode.Conflict, "CONFLICT");
    }

    [Fact]
    public async Task A_confirmed_asset_never_changes_its_content()
    {
        var (id, upload) = await AnnounceAsync(_picture.Length);
        await PutAsync(upload, _picture);
        await ConfirmAsync(id);
        await (await PutAsync(upload, new byte[10])).ShouldBeErrorAsync(HttpStatusCode.Conflict, "CONFLICT");
    }

    [Fact]
    public async Task A_forged_upload_address_is_refused()
    {
        var (_, upload) = await AnnounceAsync(10);
        var elsewhere = new Uri(upload.AbsoluteUri.Replace("signature=", "signature=A", StringComparison.Ordinal));
        await (await PutAsync(elsewhere, new byte[10])).ShouldBeErrorAsync(HttpStatusCode.Forbidden, "URL_INVALID");
        await (await Client.GetAsync(upload, Ct)).ShouldBeErrorAsync(HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED");
    }

    [Fact]
    public async Task No_upload_is_accepted_below_the_free_disk_minimum()
    {
        await using var server = await TestServer.StartAsync([$"Server:MinFreeBytes={long.MaxValue}"]);
        var response = await server.Client.PostAsync("/v1/asset-uploads", Json(Announcement(10)), Ct);
        await response.ShouldBeErrorAsync(HttpStatusCode.ServiceUnavailable, "STORAGE_FULL");
    }

    private async Task<(string Id, Uri Upload)> AnnounceAsync(long size)
    {
        var response = await Client.PostAsync("/v1/asset-uploads", Json(Announcement(size)), Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var body = await response.ReadJsonAsync();
        return (body["asset_id"].Text(), new Uri(body["upload_url"].Text()));
    }

    private static JsonObject Announcement(long size) => new() { ["filename"] = "coffee.png", ["mime_type"] = "image/png", ["size_bytes"] = size };

    private async Task<HttpResponseMessage> PutAsync(Uri upload, byte[] bytes, string type = "image/png", bool chunked = false)
    {
        using var anybody = shared.Server.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Put, upload) { Content = new ByteArrayContent(bytes) };
        request.Headers.TransferEncodingChunked = chunked;
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return await anybody.SendAsync(request, Ct);
    }

    private Task<HttpResponseMessage> ConfirmAsync(string id) => Client.PostAsync($"/v1/asset-uploads/{id}/confirmations", Json("{}"), Ct);
}
