using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Kinema.Core.Safety;
using Kinema.Engines;
using Kinema.Server.Configuration;
using Kinema.Server.Tests.Workers;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Safety;

/// <summary>The worker is the server's own.</summary>
public sealed class InProcessSafetyTests : SafetyConformance
{
    private protected override Task<WorkerRig> StartAsync(IVideoEngine engine, params string[] settings) => WorkerRig.InProcessAsync(engine, settings);

    [Fact]
    public async Task An_asset_is_judged_at_the_create()
    {
        await using var rig = await StartCheckedAsync(Painter(_ => false));
        var client = rig.Server.Client;
        var announced = await (await client.PostAsync(
            "/v1/asset-uploads", Json(new JsonObject { ["filename"] = "red.png", ["mime_type"] = "image/png", ["size_bytes"] = Colours.RedPicture.Length }), Ct)).ReadJsonAsync();
        using var content = new ByteArrayContent(Colours.RedPicture) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        using var anybody = rig.Server.CreateClient();
        (await anybody.PutAsync(new Uri(announced["upload_url"].Text()), content, Ct)).EnsureSuccessStatusCode();
        var id = announced["asset_id"].Text();
        (await client.PostAsync($"/v1/asset-uploads/{id}/confirmations", Json(new JsonObject()), Ct)).EnsureSuccessStatusCode();

        await (await PostAsync(rig, Body($"runflow://assets/{id}"))).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "CONTENT_REJECTED");
    }

    /// <summary>Somebody is asked; whether by HTTP is not this test's matter.</summary>
    [Theory]
    [InlineData("Refuse", true, null)]
    [InlineData("Flag", true, "flagged")]
    [InlineData("Refuse", false, "cleared")]
    [InlineData("Ignore", true, "not_judged")]
    public async Task A_prompt_is_judged_by_the_language_model_where_the_operator_wants_it(string action, bool isUnsafe, string? word)
    {
        using var folder = new TemporaryFolder();
        var judge = new SaidJudge(isUnsafe);
        await using var rig = await WorkerRig.InProcessAsync(Painter(_ => false), services => services.AddSingleton<IPromptJudge>(judge), Colours.Settings(folder, $"Safety:Prompts={action}"));

        if (word is null)
        {
            var refusal = await (await PostAsync(rig, Body(Colours.GreyUri))).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "CONTENT_REJECTED");
            refusal["message"].Text().ShouldBe("input.prompt was refused by the safety checker");
            return;
        }

        var run = await RunAsync(rig, Body(Colours.GreyUri));
        run["output"]!["model_data"]!["safety"]!["prompt"].Text().ShouldBe(word);
        judge.Asked.ShouldBe(action == "Ignore" ? 0 : 1);
    }

    [Fact]
    public async Task A_prompt_that_nobody_judges_does_not_pass()
    {
        using var folder = new TemporaryFolder();
        await using var rig = await WorkerRig.InProcessAsync(Painter(_ => false), services => services.AddSingleton<IPromptJudge>(new SaidJudge(null)), Colours.Settings(folder, "Safety:Prompts=Flag"));

        await (await PostAsync(rig, Body(Colours.GreyUri))).ShouldBeErrorAsync(HttpStatusCode.ServiceUnavailable, "MODEL_UNAVAILABLE");
    }

    [Fact]
    public async Task An_estimate_judges_nothing()
    {
        await using var rig = await StartCheckedAsync(Painter(_ => false));

        (await rig.Server.Client.PostAsync(SharedServer.RunsPath.Replace("/runs", "/estimates", StringComparison.Ordinal), Json(Body(Colours.RedUri)), Ct)).StatusCode
            .ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Safety:Rules:0:Class=Purple", "Safety:Rules:0:Class must be one of Red, Green, Blue; got \"Purple\"")]
    [InlineData("Safety:Rules:0:Threshold=1.5", "Safety:Rules:0:Threshold must be above 0 and at most 1; got 1.5")]
    [InlineData("Safety:Rules:0:Output=Burn", "Safety:Rules:0:Output must be one of Ignore, Flag, Blur, Fail; got \"Burn\"")]
    [InlineData("Safety:Classifier=/no/such/file.json", "Safety:Classifier must be the manifest of a classifier; there is no file at \"/no/such/file.json\"")]
    [InlineData("Safety:OnnxRuntimePath=/no/such/library", "Safety:OnnxRuntimePath must be the ONNX Runtime library; there is no file")]
    [InlineData("Safety:TimeoutSeconds=0", "Safety:TimeoutSeconds must be from 1 to 3600; got 0")]
    public async Task A_setting_that_cannot_be_used_ends_the_start_with_its_name(string setting, string message)
    {
        var problem = await Should.ThrowAsync<SettingsException>(async () =>
        {
            await using var rig = await StartCheckedAsync(Painter(_ => false), [.. Colours.Rule("Refuse", "Fail"), setting]);
        });

        problem.Message.ShouldContain(message);
    }

    private sealed class SaidJudge(bool? answer) : IPromptJudge
    {
        public bool IsConfigured => true;

        public int Asked { get; private set; }

        public Task<bool?> IsUnsafeAsync(string prompt, CancellationToken ct)
        {
            Asked++;
            return Task.FromResult(answer);
        }
    }
}
