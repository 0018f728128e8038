using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Kinema.TestSupport;

namespace Kinema.Client.Tests;

/// <summary>The C# program that a model's page shows, compiled and run as it stands there.</summary>
public sealed class PageSampleTests
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
          </PropertyGroup>
          <ItemGroup>
            <FrameworkReference Include="Microsoft.AspNetCore.App" />
            <Reference Include="{0}" />
          </ItemGroup>
        </Project>
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Set", "long")]
    public async Task It_creates_the_run_of_the_form()
    {
        await using var server = await TestServer.StartIdleAsync();
        using var folder = new TemporaryFolder();
        var prompt = "say \"hi\" 中 \\ \u2028 and push in";
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Url };
        var input = new JsonObject { ["prompt"] = prompt, ["duration"] = 3, ["image_url"] = "https://images.example.com/cat.png", ["enable_safety_checker"] = false };
        using var answer = await http.PostAsJsonAsync("/playground/samples/alibaba/wan/v2.7/image-to-video", new JsonObject { ["input"] = input }, Ct);
        await File.WriteAllTextAsync(folder.File("Program.cs"), JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!["csharp"]!.GetValue<string>(), Ct);
        await File.WriteAllTextAsync(folder.File("sample.csproj"), Project.Replace("{0}", typeof(KinemaClient).Assembly.Location, StringComparison.Ordinal), Ct);

        var (code, output) = await RunAsync(folder, server.Caller.Token);

        code.ShouldBe(0, output);
        var run = JsonNode.Parse(await server.Client.GetStringAsync("/v1/runs", Ct))!["items"]!.AsArray().ShouldHaveSingleItem()!;
        output.ShouldContain($"{run["id"]!.GetValue<string>()} queued");
        run["input"]!["prompt"]!.GetValue<string>().ShouldBe(prompt);
        run["input"]!["enable_safety_checker"]!.GetValue<bool>().ShouldBeFalse();
    }

    private static async Task<(int Code, string Output)> RunAsync(TemporaryFolder folder, string key)
    {
        var start = new ProcessStartInfo("dotnet", ["run", "--project", folder.FullPath])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["KINEMA_API_KEY"] = key, ["NO_PROXY"] = "127.0.0.1" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Ct);
        var errors = process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, await output + await errors);
    }
}
