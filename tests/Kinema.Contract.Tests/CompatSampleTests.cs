using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kinema.TestSupport;

namespace Kinema.Contract.Tests;

/// <summary>The programs of samples/compat as they are, against a live server with a quick engine.</summary>
public sealed partial class CompatSampleTests
{
    private static readonly string _folder = Path.Combine(Samples.Folder, "..", "compat");
    private static readonly string _picture = Samples.Photograph("coffee");

    [Theory]
    [InlineData("python3", "caller.py")]
    [InlineData("node", "caller.mjs")]
    public async Task A_program_uploads_runs_polls_verifies_its_callback_and_lists_by_reference(string interpreter, string file)
    {
        SkipWithout(interpreter);
        var ct = TestContext.Current.CancellationToken;
        await using var scene = await Scene.StartAsync();
        var environment = Environment(scene, await scene.CreateSecretAsync(ct));

        var printed = await ProgramRun.RunAsync(interpreter, [Path.Combine(_folder, file), _picture], ct, environment: environment);

        ShouldTellOfOneVideo(printed);
        // Genuine as it came, and not with one more byte.
        printed.ShouldMatch("(?mi)^callback run.completed true true false$");
    }

    [Fact]
    public async Task The_shell_script_uploads_runs_polls_and_lists_and_verifies_a_callback()
    {
        SkipWithout("bash", "curl", "jq", "openssl", "file");
        var ct = TestContext.Current.CancellationToken;
        await using var scene = await Scene.StartAsync();
        var environment = Environment(scene, await scene.CreateSecretAsync(ct));
        var script = Path.Combine(_folder, "caller.sh");

        ShouldTellOfOneVideo(await ProgramRun.RunAsync("bash", [script, _picture, scene.Receiver.Url.AbsoluteUri], ct, environment: environment));

        var callback = await scene.Receiver.NextAsync(ct);
        using var folder = new TemporaryFolder();
        var body = Path.Combine(folder.FullPath, "body");
        await File.WriteAllBytesAsync(body, callback.Body, ct);
        (await ProgramRun.RunAsync("bash", [script, "verify", body, callback.Headers["Runflow-Signature"]], ct, environment: environment)).ShouldBe("genuine\n");
        await File.AppendAllTextAsync(body, " ", ct);
        (await ProgramRun.RunAsync("bash", [script, "verify", body, callback.Headers["Runflow-Signature"]], ct, environment: environment)).ShouldBe("forged\n");
    }

    private static void ShouldTellOfOneVideo(string printed)
    {
        printed.ShouldMatch($"(?m)^uploaded [0-9a-f-]{{36}} image/png {new FileInfo(_picture).Length}$");
        printed.ShouldMatch("(?m)^ended succeeded 0.20$");
        var id = Created().Match(printed).Groups[1].Value;
        var listed = JsonNode.Parse(Listed().Match(printed).Groups[1].Value)!.AsArray().ShouldHaveSingleItem()!;
        listed.ToJsonString().ShouldBe($$"""{"id":"{{id}}","status_code":"succeeded"}""");
        int.Parse(Downloaded().Match(printed).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(500);
    }

    private static Dictionary<string, string> Environment(Scene scene, string secret) => new()
    {
        ["RUNFLOW_BASE_URL"] = scene.Server.Url.GetLeftPart(UriPartial.Authority),
        ["RUNFLOW_API_KEY"] = scene.Server.Caller.Token,
        ["RUNFLOW_WEBHOOK_SECRET"] = secret,
    };

    private static void SkipWithout(params string[] programs)
    {
        var folders = (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        foreach (var program in programs)
            Assert.SkipUnless(folders.Any(folder => File.Exists(Path.Combine(folder, program))), $"{program} is not installed.");
    }

    [GeneratedRegex("(?m)^created ([0-9a-f-]{36})$")]
    private static partial Regex Created();

    [GeneratedRegex("(?m)^listed (.*)$")]
    private static partial Regex Listed();

    [GeneratedRegex(@"(?m)^downloaded (\d+)$")]
    private static partial Regex Downloaded();
}
