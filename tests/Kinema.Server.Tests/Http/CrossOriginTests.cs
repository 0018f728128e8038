using System.Net;
using System.Net.Http.Headers;
using Kinema.Server.Configuration;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Http;

/// <summary>What a browser asks and reads before it lets a page of another origin have an answer.</summary>
public sealed class CrossOriginTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Page = "https://page.example.com";

    private static readonly byte[] _picture = File.ReadAllBytes(Samples.Photograph("cat"));

    [Fact]
    public async Task A_page_of_any_origin_may_upload_and_read_ranges_of_signed_URLs()
    {
        var upload = await (await shared.Server.Client.PostAsync(
            "/v1/asset-uploads", Json($$"""{"filename":"a.png","mime_type":"image/png","size_bytes":{{_picture.Length}}}"""), Ct)).ReadJsonAsync();
        var target = new Uri(upload["upload_url"].Text());

        var asked = await PreflightAsync(target, "PUT", "content-type");
        asked.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Header(asked, "Access-Control-Allow-Origin").ShouldBe("*");
        Header(asked, "Access-Control-Allow-Methods").ShouldContain("PUT");
        Header(asked, "Access-Control-Allow-Headers").ShouldContain("content-type");

        using var put = new HttpRequestMessage(HttpMethod.Put, target) { Content = new ByteArrayContent(_picture) };
        put.Headers.Add("Origin", Page);
        put.Content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        var stored = await SendAsync(put);
        stored.StatusCode.ShouldBe(HttpStatusCode.OK);
        Header(stored, "Access-Control-Allow-Origin").ShouldBe("*");

        var asset = await (await shared.Server.Client.PostAsync($"/v1/asset-uploads/{upload["asset_id"].Text()}/confirmations", Json("{}"), Ct)).ReadJsonAsync();
        var file = new Uri(asset["url"].Text());
        (await PreflightAsync(file, "GET", "range,if-none-match")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            using var read = new HttpRequestMessage(method, file);
            read.Headers.Add("Origin", Page);
            read.Headers.Range = new RangeHeaderValue(0, 9);
            var part = await SendAsync(read);
            part.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
            Header(part, "Access-Control-Allow-Origin").ShouldBe("*");
            var exposed = Header(part, "Access-Control-Expose-Headers").Split(',');
            foreach (var name in new[] { "Content-Range", "Accept-Ranges", "ETag", "Content-Length", "Content-Disposition", "Runflow-Request-Id" })
                exposed.ShouldContain(name);
        }
    }

    [Fact]
    public async Task A_page_reads_why_a_signed_URL_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/files/assets/{Guid.Empty}/{Guid.Empty}?expires=1&signature=x");
        request.Headers.Add("Origin", Page);
        var response = await SendAsync(request);
        await response.ShouldBeErrorAsync(HttpStatusCode.Forbidden, "URL_INVALID");
        Header(response, "Access-Control-Allow-Origin").ShouldBe("*");
    }

    [Fact]
    public async Task The_API_lets_no_page_in_by_default()
    {
        var asked = await PreflightAsync(new Uri(shared.Server.Url, "/v1/runs"), "GET", "authorization");
        await asked.ShouldBeErrorAsync(HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED");
        asked.Headers.ShouldNotContain(h => h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/runs");
        request.Headers.Add("Origin", Page);
        (await shared.Server.Client.SendAsync(request, Ct)).Headers.ShouldNotContain(h => h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(Page, Page, Page)]
    [InlineData(Page + "/", Page, Page)]
    [InlineData(Page + ":443", Page, Page)]
    [InlineData("*", "https://anything.example.com", "*")]
    public async Task The_API_lets_in_pages_of_the_listed_origins(string setting, string origin, string allowed)
    {
        await using var server = await TestServer.StartAsync([$"Server:CorsOrigins:0={setting}", "Worker:Enabled=false"]);
        var asked = await PreflightAsync(new Uri(server.Url, SharedServer.RunsPath), "POST", "authorization,content-type", origin);
        asked.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Header(asked, "Access-Control-Allow-Origin").ShouldBe(allowed);
        Header(asked, "Access-Control-Allow-Headers").ShouldContain("authorization");

        using var anybody = server.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/runs");
        request.Headers.Add("Origin", origin);
        var refused = await anybody.SendAsync(request, Ct);
        await refused.ShouldBeErrorAsync(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        Header(refused, "Access-Control-Allow-Origin").ShouldBe(allowed);
        Header(refused, "Access-Control-Expose-Headers").ShouldContain("Location");
        refused.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();

        if (setting == "*")
            return;
        using var other = new HttpRequestMessage(HttpMethod.Get, "/v1/runs");
        other.Headers.Add("Origin", "https://page.example.com.evil.example");
        (await anybody.SendAsync(other, Ct)).Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Theory]
    [InlineData("page.example.com")]
    [InlineData("https://page.example.com/app")]
    [InlineData("https://*.example.com")]
    [InlineData("null")]
    public async Task An_origin_that_no_browser_sends_is_a_wrong_setting(string origin)
    {
        var error = await Should.ThrowAsync<SettingsException>(() => TestServer.StartAsync([$"Server:CorsOrigins:0={origin}"]));
        error.Message.ShouldContain("Server:CorsOrigins");
        error.Message.ShouldContain(origin);
    }

    private Task<HttpResponseMessage> PreflightAsync(Uri target, string method, string headers, string origin = Page)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, target);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", headers);
        return SendAsync(request);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using var anybody = shared.Server.CreateClient();
        return await anybody.SendAsync(request, Ct);
    }

    private static string Header(HttpResponseMessage response, string name) => string.Join(',', response.Headers.GetValues(name));
}
