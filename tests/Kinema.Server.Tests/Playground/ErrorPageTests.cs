using System.Net;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Playground;

/// <summary>A person who asked for a page gets one, also where there is none; a program gets JSON.</summary>
public sealed class ErrorPageTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Browser = "text/html,application/xhtml+xml,*/*;q=0.8";

    [Fact]
    public async Task A_browser_gets_a_page_that_says_what_is_wrong_and_leads_on()
    {
        using var visitor = await Visitor.SignInAsync(shared.Server);

        using var missing = await visitor.SendAsync(HttpMethod.Get, "/nothing<b>", null, ("Accept", Browser));
        using var large = await visitor.SendAsync(HttpMethod.Post, "/settings/keys", new StringContent(new string('x', 20_000), null, "application/x-www-form-urlencoded"), ("Accept", Browser));

        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var html = await missing.Content.ReadAsStringAsync(Ct);
        html.ShouldContain("<h1>There is no such page</h1>");
        html.ShouldContain("There is nothing at /nothing%3Cb%3E.");
        html.ShouldContain("href=\"/models\"");
        html.ShouldContain("Sign out");
        large.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await large.Content.ReadAsStringAsync(Ct)).ShouldContain("<h1>This request was refused</h1>");
    }

    [Theory]
    [InlineData("/nothing", "*/*")]
    [InlineData("/nothing", null)]
    [InlineData("/v1/nothing", Browser)]
    public async Task A_program_gets_JSON(string path, string? accept)
    {
        using var visitor = new Visitor(shared.Server.Url);
        (string, string)[] headers = accept is null ? [] : [("Accept", accept)];

        using var answer = await visitor.SendAsync(HttpMethod.Get, path, null, headers);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.ReadJsonAsync())["code"].Text().ShouldBe("NOT_FOUND");
    }
}
