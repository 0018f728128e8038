using System.Text.RegularExpressions;
using Kinema.Engines;
using Kinema.Sample.Engine;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Runs;

/// <summary>The engine of samples/engine, as docs/engines/write-your-own.md shows it.</summary>
public sealed partial class OwnEngineTests
{
    [Fact]
    public async Task An_engine_of_somebody_else_is_bound_by_a_setting_and_makes_the_video()
    {
        await using var server = await TestServer.StartAsync(["Engines:Bindings:0=fade"], builder => builder.Services.AddSingleton<IVideoEngine, FadeEngine>());
        var id = await WorkingServer.CreateAsync(server);

        var run = await WorkingServer.WaitForEndAsync(server, id);

        run["status_code"].Text().ShouldBe("succeeded", run.ToJsonString());
        run["engine"].Text().ShouldBe("fade");
        run["output"]!["model_data"]!["curve"].Text().ShouldBe("linear");
        var probed = await Ffprobe.ReadAsync(run["output"]!["outputs"]![0]!["url"].Text(), Ct);
        probed["format"]!["duration"].Text().ShouldStartWith("2.0");
    }

    [Fact]
    public async Task The_code_of_its_guide_is_the_code_of_the_sample()
    {
        var guide = await File.ReadAllTextAsync(Repository.File("docs", "engines", "write-your-own.md"), Ct);
        var sample = Lines(await File.ReadAllTextAsync(Repository.File("samples", "engine", "FadeEngine.cs"), Ct)
            + await File.ReadAllTextAsync(Repository.File("samples", "engine", "Program.cs"), Ct));

        var blocks = CSharp().Matches(guide).Select(block => Lines(block.Groups[1].Value)).ToList();

        blocks.Count.ShouldBe(2);
        foreach (var block in blocks)
            sample.ShouldContain(block);
    }

    private static string Lines(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharp();
}
