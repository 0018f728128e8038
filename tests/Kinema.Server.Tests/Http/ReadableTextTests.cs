using System.Net;
using System.Text.Json.Nodes;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Http;

/// <summary>Answers are read in terminals: text stands as it is, in errors and in records.</summary>
public sealed class ReadableTextTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Text = "it's <b>é</b> & 中文";

    [Fact]
    public async Task Errors_quote_what_came_without_escapes()
    {
        var field = await shared.Server.Client.PostAsync("/v1/callback-secrets", Json(new JsonObject { ["label"] = true }), Ct);
        (await field.Content.ReadAsStringAsync(Ct)).ShouldNotContain("\\u");
        foreach (var path in new[] { "/v1/runs?q=", "/v1/models?q=", "/v1/assets?q=", "/v1/models?sort_by=", "/v1/auth/me?embed=" })
        {
            var response = await shared.Server.Client.GetAsync(path + Uri.EscapeDataString($"\"{Text}\""), Ct);
            response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            (await response.Content.ReadAsStringAsync(Ct)).ShouldNotContain("\\u", Case.Sensitive, path);
        }

        (await (await shared.Server.Client.GetAsync("/v1/models?fields=" + Uri.EscapeDataString(Text), Ct)).Content.ReadAsStringAsync(Ct)).ShouldContain(Text);
        (await (await shared.Server.Client.GetAsync("/v1/models/it's/" + Uri.EscapeDataString("<é中>"), Ct)).Content.ReadAsStringAsync(Ct)).ShouldContain("'it's/<é中>'");
    }

    [Fact]
    public async Task Records_show_text_without_escapes()
    {
        var body = SharedServer.RunBody();
        body["input"]!["prompt"] = Text;
        body["client_ref"] = Text;
        body["metadata"] = new JsonObject { [Text] = Text };
        // Written by a program that does not escape either.
        using var content = Json(body.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        var created = await (await shared.Server.Client.PostAsync(SharedServer.RunsPath, content, Ct)).Content.ReadAsStringAsync(Ct);
        var id = JsonNode.Parse(created)!["id"].Text();
        foreach (var answer in new[] { created, await shared.Server.Client.GetStringAsync($"/v1/runs/{id}", Ct), await shared.Server.Client.GetStringAsync($"/v1/runs?q=id:{id}", Ct) })
            answer.Split(Text).Length.ShouldBe(5, answer);

        var key = await shared.Server.Client.PostAsync("/v1/api-keys", Json(new JsonObject { ["name"] = Text, ["scopes"] = new JsonArray() }), Ct);
        (await key.Content.ReadAsStringAsync(Ct)).ShouldContain(Text);
        (await shared.Server.Client.GetStringAsync("/v1/api-keys?fields=name", Ct)).ShouldContain(Text);
    }
}
