using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json.Nodes;
using Kinema.TestSupport;
using OpenAI;

namespace Kinema.Contract.Tests;

/// <summary>NuGet <c>OpenAI</c> 2.15.0, which has its protocol methods only, against <c>/v1/videos</c>.</summary>
public sealed class VideosDotNetClientTests
{
    [Fact]
    public async Task The_video_calls_of_the_package_OpenAI_do_what_they_say()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scene = await Scene.StartAsync();
#pragma warning disable OPENAI001 // The package calls its video client experimental.
        var client = new OpenAIClient(new ApiKeyCredential(scene.Server.Caller.Token), new OpenAIClientOptions { Endpoint = new Uri(scene.Server.Url, "v1") }).GetVideoClient();
#pragma warning restore OPENAI001
        using var form = new MultipartFormDataContent { { new StringContent("a cat"), "prompt" }, { new StringContent("2"), "seconds" } };
        form.Add(new ByteArrayContent(await File.ReadAllBytesAsync(Samples.Photograph("cat"), ct)) { Headers = { ContentType = new("image/png") } }, "input_reference", "cat.png");
        var options = new RequestOptions { CancellationToken = ct };

        var created = Read(await client.CreateVideoAsync(BinaryContent.Create(await form.ReadAsStreamAsync(ct)), form.Headers.ContentType!.ToString(), options));
        var id = created["id"]!.GetValue<string>();
        JsonNode video;
        while ((video = Read(await client.GetVideoAsync(id, options)))["status"]!.GetValue<string>() is "queued" or "in_progress")
            await Task.Delay(50, ct);

        video["status"]!.GetValue<string>().ShouldBe("completed");
        (await client.DownloadVideoAsync(id, "video", options)).GetRawResponse().Content.ToArray()[4..8].ShouldBe("ftyp"u8.ToArray());
        Read(await client.DeleteVideoAsync(id, options))["deleted"]!.GetValue<bool>().ShouldBeTrue();
        (await Should.ThrowAsync<ClientResultException>(() => client.GetVideoAsync(id, options))).Status.ShouldBe(404);
    }

    private static JsonNode Read(ClientResult result) => JsonNode.Parse(result.GetRawResponse().Content)!;
}
