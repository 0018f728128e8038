using System.Net;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Playground;

/// <summary>The request of the form as programs.</summary>
public sealed class CodeEndpointTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Path = "/playground/samples/alibaba/wan/v2.7/image-to-video";

    [Fact]
    public async Task It_writes_the_request_in_four_languages()
    {
        var texts = await (await PostAsync("""{"input": {"prompt": "say \"hi\" \\ there", "duration": 3, "enable_prompt_expansion": false, "image_url": null}}""")).ReadJsonAsync();

        texts["curl"].Text().ShouldContain("""    "prompt": "say \"hi\" \\ there",""");
        texts["python"].Text().ShouldContain("\"enable_prompt_expansion\": False");
        texts["node"].Text().ShouldContain("\"image_url\": null");
        texts["csharp"].Text().ShouldContain("""
            var input = new JsonObject
            {
                ["prompt"] = "say \"hi\" \\ there",
                ["duration"] = 3,
                ["enable_prompt_expansion"] = false,
                ["image_url"] = null
            };
            """);
        foreach (var language in new[] { "curl", "python", "node" })
            texts[language].Text().ShouldContain(new Uri(shared.Server.Url, "/v1/models/alibaba/wan/v2.7/image-to-video/runs").AbsoluteUri);
        texts["csharp"].Text().ShouldContain(shared.Server.Url.AbsoluteUri);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"input\": 5}")]
    [InlineData("{\"input\": {\"a\": 1, \"a\": 2}}")]
    [InlineData("{\"input\": {\"a\": [[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]}}")]
    [InlineData("not JSON")]
    [InlineData("{\"input\": {\"prompt\": \"\\ud800\"}}")]
    [InlineData("{\"input\": {\"\\ud800\": 1}}")]
    public async Task What_is_no_request_is_refused(string body) => (await PostAsync(body)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task What_would_end_a_line_or_turn_its_direction_is_written_as_an_escape()
    {
        var texts = await (await PostAsync("""{"input": {"prompt": "a\u0085b\u2028c\u202ed\u2066e"}}""")).ReadJsonAsync();

        foreach (var language in new[] { "curl", "python", "node", "csharp" })
            texts[language].Text().ShouldContain("""a\u0085b\u2028c\u202ed\u2066e""", customMessage: language);
    }

    [Fact]
    public async Task A_body_has_a_limit() =>
        (await PostAsync($"{{\"input\": {{\"prompt\": \"{new string('x', 70_000)}\"}}}}")).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);

    [Fact]
    public async Task There_is_none_for_a_model_that_is_not_there() =>
        (await PostAsync("""{"input": {}}""", "/playground/samples/nobody/nothing")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    private async Task<HttpResponseMessage> PostAsync(string body, string path = Path)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = shared.Server.Url };
        return await http.PostAsync(path, Json(body), Ct);
    }
}
