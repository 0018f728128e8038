using System.Text.Json.Nodes;
using Kinema.Engines;

namespace Kinema.Hosted.Tests;

/// <summary>The bytes that are sent. Recorded from what the model's documentation shows: alibabacloud.com/help/en/model-studio/image-to-video-general-api-reference.</summary>
public sealed class WireTests
{
    private const string FirstFrame = """{"type":"first_frame","url":"data:image/png;base64,dGhlIEZpcnN0RnJhbWU="}""";
    private const string LastFrame = """{"type":"last_frame","url":"data:image/png;base64,dGhlIExhc3RGcmFtZQ=="}""";
    private const string Clip = """{"type":"first_clip","url":"oss://UPLOADED.mp4"}""";
    private const string Sound = """{"type":"driving_audio","url":"oss://UPLOADED.mp3"}""";

    private static IReadOnlyList<(MediaRole[] Roles, string Media)> Legal =>
    [
        ([MediaRole.FirstFrame], FirstFrame),
        ([MediaRole.FirstFrame, MediaRole.Audio], $"{FirstFrame},{Sound}"),
        ([MediaRole.FirstFrame, MediaRole.LastFrame], $"{FirstFrame},{LastFrame}"),
        ([MediaRole.Audio, MediaRole.LastFrame, MediaRole.FirstFrame], $"{FirstFrame},{LastFrame},{Sound}"),
        ([MediaRole.InputVideo], Clip),
        ([MediaRole.LastFrame, MediaRole.InputVideo], $"{LastFrame},{Clip}"),
    ];

    private static IEnumerable<MediaRole[]> Illegal
    {
        get
        {
            var legal = Legal.Select(row => string.Join(',', row.Roles.Order())).ToHashSet();
            var all = Enum.GetValues<MediaRole>();
            var sets = Enumerable.Range(0, 1 << all.Length).Select(bits => all.Where((_, i) => (bits & (1 << i)) != 0).ToArray());
            return sets.Where(set => !legal.Contains(string.Join(',', set.Order())));
        }
    }

    [Fact]
    public async Task A_legal_combination_is_sent_as_documented()
    {
        await using var rig = await HostedRig.StartAsync();
        foreach (var (roles, media) in Legal)
        {
            await rig.RunAsync(rig.Request(roles) with { Key = string.Join(',', roles) });

            var submit = (await rig.Fake.RequestsAsync(HostedRig.Submit))[^1];
            WithoutUploads((string)submit["body"]!).ShouldBe(
                $$$"""{"model":"wan2.7-i2v","input":{"prompt":"a cat","media":[{{{media}}}]},"parameters":{"resolution":"720P","duration":5,"prompt_extend":true,"watermark":false,"seed":7}}""");
            var headers = submit["headers"]!;
            ((string)headers["content-type"]!, (string)headers["x-dashscope-async"]!, (string)headers["authorization"]!).ShouldBe(("application/json", "enable", "Bearer " + HostedRig.Key));
            ((string?)headers["x-dashscope-ossresourceresolve"]).ShouldBe(media.Contains("oss://", StringComparison.Ordinal) ? "enable" : null);
        }

        (await rig.Fake.TasksAsync()).Count.ShouldBe(6);
    }

    [Fact]
    public async Task An_illegal_combination_is_refused_and_not_sent()
    {
        await using var rig = await HostedRig.StartAsync();
        foreach (var roles in Illegal)
        {
            var request = rig.Request() with { Roles = roles, Media = roles.ToDictionary(role => role, rig.Media) };
            rig.Engine.CheckSupport(request).Reason.ShouldNotBeNull().ShouldContain("no set of media for the engine 'dashscope'");
            await rig.FailureOfAsync(request);
        }

        (await rig.Fake.RequestsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public void There_are_ten_illegal_combinations() => Illegal.Count().ShouldBe(10);
    [Fact]
    public async Task Every_parameter_is_sent_and_every_one_explicitly()
    {
        await using var rig = await HostedRig.StartAsync(options => options.DashScope.Model = "wan2.7-i2v-2026-04-25");
        await rig.RunAsync(rig.Request() with
        {
            Prompt = null,
            NegativePrompt = "blur \"quoted\" 猫",
            Resolution = VideoResolution.Hd1080,
            DurationSeconds = 15,
            Seed = int.MaxValue,
            EnablePromptExpansion = false,
        });

        var body = (string)(await rig.Fake.RequestsAsync(HostedRig.Submit)).ShouldHaveSingleItem()["body"]!;
        JsonNode.DeepEquals(JsonNode.Parse(body), JsonNode.Parse(
            $$$"""{"model":"wan2.7-i2v-2026-04-25","input":{"negative_prompt":"blur \"quoted\" 猫","media":[{{{FirstFrame}}}]},"parameters":{"resolution":"1080P","duration":15,"prompt_extend":false,"watermark":false,"seed":2147483647}}"""))
            .ShouldBeTrue(body);
    }

    [Fact]
    public async Task A_large_image_is_uploaded_by_the_form_of_the_policy()
    {
        await using var rig = await HostedRig.StartAsync();
        var request = rig.Request();
        await rig.RunAsync(request with { Media = new Dictionary<MediaRole, MediaInput> { [MediaRole.FirstFrame] = rig.File(MediaRole.FirstFrame, new byte[(1 << 20) + 1]) } });

        ((string)(await rig.Fake.RequestsAsync("GET /api/v1/uploads")).ShouldHaveSingleItem()["path"]!).ShouldBe("/api/v1/uploads?action=getPolicy&model=wan2.7-i2v");
        var upload = (await rig.Fake.RequestsAsync("POST /oss")).ShouldHaveSingleItem();
        upload["headers"]!["authorization"].ShouldBeNull("the key is for the provider's own addresses");
        ((string)upload["headers"]!["content-type"]!).ShouldMatch("^multipart/form-data; boundary=[^\"]+$");
        var parts = upload["body"]!.AsArray();
        parts.Select(part => (string)part!["name"]!).ShouldBe(["OSSAccessKeyId", "Signature", "policy", "key", "x-oss-object-acl", "x-oss-forbid-overwrite", "success_action_status", "file"]);
        ((string)parts[^1]!["filename"]!, (string)parts[^1]!["type"]!, (int)parts[^1]!["size"]!).ShouldBe(("file.png", "image/png", (1 << 20) + 1));
    }

    [Fact]
    public async Task A_file_is_uploaded_once_for_all_submits_that_need_it()
    {
        await using var rig = await HostedRig.StartAsync();
        var request = rig.Request(MediaRole.InputVideo);
        await rig.Fake.FaultAsync(HostedRig.Submit, "status", new() { ["status"] = 429, ["times"] = 2, ["body"] = new JsonObject { ["code"] = "Throttling", ["request_id"] = "r" } });
        await rig.RunAsync(request);
        await rig.RunAsync(request with { Key = "run-2" });

        (await rig.Fake.RequestsAsync("POST /oss")).Count.ShouldBe(1);
        (await rig.Fake.TasksAsync()).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(6, false, true)]
    [InlineData(4, false, true)]
    [InlineData(3, true, true)]
    [InlineData(2, false, false)]
    public async Task A_png_with_transparency_is_sent_without_it(byte colourType, bool hasTransparencyChunk, bool isMadeOpaque)
    {
        await using var rig = await HostedRig.StartAsync();
        byte[] header = [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 1, 0, 0, 0, 1, 8, colourType, 0, 0, 0, 0, 0, 0, 0];
        byte[] png = [.. header, .. hasTransparencyChunk ? [0, 0, 0, 1, .. "tRNS"u8, 0, 0, 0, 0, 0] : (byte[])[], 0, 0, 0, 0, .. "IDAT"u8, 0, 0, 0, 0];
        await rig.RunAsync(rig.Request() with { Media = new Dictionary<MediaRole, MediaInput> { [MediaRole.FirstFrame] = rig.File(MediaRole.FirstFrame, png) } });

        var url = (string)JsonNode.Parse((string)(await rig.Fake.RequestsAsync(HostedRig.Submit)).ShouldHaveSingleItem()["body"]!)!["input"]!["media"]![0]!["url"]!;
        url.ShouldStartWith("data:image/png;base64,");
        var sent = Convert.FromBase64String(url["data:image/png;base64,".Length..]);
        if (!isMadeOpaque)
        {
            sent.ShouldBe(png);
            return;
        }

        using var picture = SkiaSharp.SKBitmap.Decode(sent);
        (picture.Width, picture.Height, picture.AlphaType).ShouldBe((300, 300, SkiaSharp.SKAlphaType.Opaque));
        (picture.GetPixel(0, 0).Red, picture.GetPixel(299, 255).Red, picture.GetPixel(10, 299).Green).ShouldBe(((byte)0, (byte)255, (byte)43));
    }

    [Fact]
    public async Task A_public_address_is_passed_on_where_the_operator_wants_it()
    {
        await using var rig = await HostedRig.StartAsync(options => options.DashScope.PassPublicUrls = true);
        const string passed = "https://pictures.example.com/cat.png?x=1";
        foreach (var source in (string[])[passed, "https://10.0.0.1/cat.png", "https://nas.local/cat.png", "https://pictures.example.com:8443/cat.png", "https://kinema.example.com/files/signed", "asset://1"])
            await rig.RunAsync(rig.Request() with { Key = source, Media = new Dictionary<MediaRole, MediaInput> { [MediaRole.FirstFrame] = rig.Media(MediaRole.FirstFrame) with { SourceUri = source } } });

        var sent = (await rig.Fake.RequestsAsync(HostedRig.Submit)).Select(request => (string)JsonNode.Parse((string)request["body"]!)!["input"]!["media"]![0]!["url"]!).ToList();
        sent[0].ShouldBe(passed);
        sent.Count.ShouldBe(6);
        sent.Skip(1).ShouldAllBe(url => url.StartsWith("data:image/png;base64,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_descriptor_says_what_the_model_can_do()
    {
        await using var rig = await HostedRig.StartAsync(options => options.DashScope.ConcurrentTasks = 9);
        var descriptor = rig.Engine.Descriptor;
        (descriptor.Id, descriptor.MinDurationSeconds, descriptor.MaxDurationSeconds, descriptor.Slots, descriptor.ExpandsPrompts).ShouldBe(("dashscope", 2, 15, 9, true));
        descriptor.Resolutions.ShouldBe([VideoResolution.Hd720, VideoResolution.Hd1080]);
        rig.Engine.CheckSupport(rig.Request() with { Resolution = VideoResolution.Sd480 }).IsSupported.ShouldBeFalse();
    }

    private static string WithoutUploads(string body) => System.Text.RegularExpressions.Regex.Replace(body, @"oss://dashscope-instant/[^""]+\.(mp4|mp3)", "oss://UPLOADED.$1");
}
