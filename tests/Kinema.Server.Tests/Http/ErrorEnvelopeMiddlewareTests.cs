using System.Net;
using System.Net.Http.Headers;
using System.Text;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Http;

public sealed class ErrorEnvelopeMiddlewareTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Runs = "/v1/models/alibaba/wan/v2.7/image-to-video/runs";

    private HttpClient Client => shared.Server.Client;

    [Theory]
    [InlineData("/v1")]
    [InlineData("/v1/nothing")]
    [InlineData("/v2/runs")]
    public async Task An_unknown_route_is_404(string path) =>
        await (await Client.GetAsync(path, Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");

    [Theory]
    [InlineData("GET", "/v1/runs/not-a-uuid", "RUN_NOT_FOUND")]
    [InlineData("GET", "/v1/runs/not-a-uuid/events", "RUN_NOT_FOUND")]
    [InlineData("GET", "/v1/runs/00000000-0000-0000-0000-000000000000", "RUN_NOT_FOUND")]
    [InlineData("POST", "/v1/runs/42/cancellation", "RUN_NOT_FOUND")]
    [InlineData("GET", "/v1/assets/42", "ASSET_NOT_FOUND")]
    [InlineData("POST", "/v1/asset-uploads/42/confirmations", "ASSET_NOT_FOUND")]
    [InlineData("GET", "/v1/callback-secrets/42", "NOT_FOUND")]
    [InlineData("DELETE", "/v1/api-keys/42", "NOT_FOUND")]
    public async Task An_id_that_is_no_UUID_is_the_id_of_nothing(string method, string path, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        var error = await (await Client.SendAsync(request, Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, code);
        error["message"].Text().ShouldContain(path.Split('/')[3]);
    }

    [Theory]
    [InlineData("/v1/models/alibaba")]
    [InlineData("/v1/models/alibaba/")]
    [InlineData("/v1/models/alibaba/wan")]
    public async Task An_unknown_model_path_is_404(string path) =>
        await (await Client.GetAsync(path, Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "MODEL_NOT_FOUND");

    [Fact]
    public async Task The_content_type_is_case_insensitive()
    {
        using var content = Json("{}");
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("Application/JSON; Charset=UTF-8");
        await (await Client.PostAsync(Runs, content, Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
    }

    [Theory]
    [InlineData("DELETE", "/v1/runs", "GET, HEAD")]
    [InlineData("POST", "/v1/health", "GET, HEAD")]
    [InlineData("PUT", "/v1/asset-uploads", "POST")]
    [InlineData("GET", Runs, "POST")]
    [InlineData("POST", "/v1/models/alibaba/wan/v2.7/image-to-video", "GET, HEAD")]
    public async Task A_known_route_with_another_method_is_405_and_says_what_is_allowed(string method, string path, string allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        var response = await Client.SendAsync(request, Ct);
        await response.ShouldBeErrorAsync(HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED");
        string.Join(", ", response.Content.Headers.Allow.Order()).ShouldBe(allowed);
    }

    [Theory]
    [InlineData(Runs)]
    [InlineData("/v1/asset-uploads")]
    [InlineData("/v1/callback-secrets")]
    public async Task A_body_of_another_type_is_415(string path)
    {
        using var content = new StringContent("input=1", Encoding.UTF8, "application/x-www-form-urlencoded");
        await (await Client.PostAsync(path, content, Ct)).ShouldBeErrorAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
    }

    [Fact]
    public async Task A_body_in_another_encoding_is_415()
    {
        using var latin = new StringContent("{}", Encoding.Latin1, "application/json");
        await (await Client.PostAsync(Runs, latin, Ct)).ShouldBeErrorAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
    }

    [Theory]
    [InlineData(Runs, "{")]
    [InlineData(Runs, "")]
    [InlineData(Runs, """{"input":{},"input":{}}""")]
    [InlineData(Runs, """{"input":NaN}""")]
    [InlineData("/v1/asset-uploads", """{"filename":""")]
    [InlineData("/v1/callback-secrets", """{"label":"a","label":"b"}""")]
    public async Task A_body_that_is_not_JSON_is_400(string path, string body) =>
        await (await Client.PostAsync(path, Json(body), Ct)).ShouldBeErrorAsync(HttpStatusCode.BadRequest, "INVALID_JSON");

    [Fact]
    public async Task A_deeply_nested_body_is_400()
    {
        var body = string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000);
        await (await Client.PostAsync(Runs, Json(body), Ct)).ShouldBeErrorAsync(HttpStatusCode.BadRequest, "INVALID_JSON");
    }

    [Theory]
    [InlineData(Runs, 16, false)]
    [InlineData(Runs, 16, true)]
    [InlineData("/v1/asset-uploads", 1, false)]
    [InlineData("/v1/asset-uploads", 1, true)]
    public async Task A_body_over_its_limit_is_413_with_or_without_a_content_length(string path, int limitMiB, bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.ExpectContinue = true;
        var bytes = new byte[(limitMiB << 20) + 1];
        Array.Fill(bytes, (byte)' ');
        request.Content = chunked ? new StreamContent(new Unseekable(bytes)) : new ByteArrayContent(bytes);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TransferEncodingChunked = chunked;
        var error = await (await Client.SendAsync(request, Ct)).ShouldBeErrorAsync(HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE");
        error["message"].Text().ShouldContain($"{limitMiB << 20} bytes");
    }

    [Fact]
    public async Task A_body_of_exactly_the_limit_is_read()
    {
        var body = """{"input":{"prompt":5}}""".PadRight(16 << 20);
        await (await Client.PostAsync(Runs, Json(body), Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task No_response_has_a_Server_or_CORS_header()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/health");
        request.Headers.Add("Origin", "https://example.com");
        var response = await Client.SendAsync(request, Ct);
        response.Headers.Contains("Server").ShouldBeFalse();
        response.Headers.ShouldNotContain(h => h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
