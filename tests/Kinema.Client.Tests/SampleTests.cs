using System.Diagnostics;
using System.Reflection;
using System.Text;
using Kinema.Engines;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kinema.Client.Tests;

/// <summary>The sample application, as it stands, against a real server; also published ahead of time, where a trimming or AOT warning is an error.</summary>
public sealed class SampleTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private TestServer _server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Root => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));

    private string Video => Path.Combine(_folder.FullPath, "video.mp4");

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(configure: builder =>
    {
        builder.Services.RemoveAll<IVideoEngine>();
        builder.Services.AddSingleton<IVideoEngine>(new TestEngine(TimeSpan.Zero, TimeProvider.System));
    });

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_sample_makes_a_video()
    {
        var (code, output) = await RunAsync("dotnet", ["exec", SampleProgram, Samples.Photograph("cat"), "push in", Video]);

        code.ShouldBe(0, output);
        output.ShouldContain("costs at most 0.20 USD");
        output.ShouldContain("succeeded");
        new FileInfo(Video).Length.ShouldBePositive();
    }

    [Fact]
    public async Task The_sample_says_what_the_server_refuses()
    {
        var (code, output) = await RunAsync("dotnet", ["exec", SampleProgram, Samples.Photograph("cat"), new string('a', 5001), Video]);

        code.ShouldBe(1, output);
        output.ShouldContain("VALIDATION_ERROR");
        output.ShouldContain("input.prompt must");
        File.Exists(Video).ShouldBeFalse();
    }

    [Fact]
    public void The_library_promises_to_be_trimmed_and_compiled_ahead_of_time() =>
        typeof(KinemaClient).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Where(data => data.Value == "True").Select(data => data.Key)
            .ShouldBe(["IsTrimmable", "IsAotCompatible"], ignoreOrder: true);

    [Fact]
    [Trait("Set", "long")]
    public async Task The_sample_compiled_ahead_of_time_makes_a_video()
    {
        // Without a linker the program is only trimmed, which analyzes the same code.
        string[] kind = HasLinker ? ["-p:PublishAot=true"] : ["-p:PublishAot=false", "-p:PublishTrimmed=true", "-p:TrimMode=full", "--self-contained"];

        // Folders of its own, so that this build changes nothing that other tests use.
        var artifacts = Path.Combine(_folder.FullPath, "artifacts");
        var program = Path.Combine(_folder.FullPath, "published");
        var (built, log) = await RunAsync(
            "dotnet",
            ["publish", Path.Combine(Root, "samples/dotnet"), "-c", "Release", "-r", "linux-x64", "--artifacts-path", artifacts, "-o", program, "--nologo", .. kind]);
        built.ShouldBe(0, log);

        var (code, output) = await RunAsync(Path.Combine(program, "Kinema.Sample"), [Samples.Photograph("cat"), "push in", Video]);

        code.ShouldBe(0, output);
        File.Exists(Path.Combine(program, "Kinema.Client.dll")).ShouldBe(!HasLinker, "a native program has no libraries");
        new FileInfo(Video).Length.ShouldBePositive();
    }

    private static bool HasLinker => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "gcc")) || File.Exists(Path.Combine(folder, "clang")));

    private static string SampleProgram => Path.Combine(Root, "samples/dotnet/bin/Release/net10.0/Kinema.Sample.dll");

    private async Task<(int Code, string Output)> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["KINEMA_SERVER"] = _server.Url.ToString(), ["KINEMA_KEY"] = _server.Caller.Token },
        };
        using var process = Process.Start(start)!;
        var output = new StringBuilder();
        process.OutputDataReceived += (_, e) => Append(e.Data);
        process.ErrorDataReceived += (_, e) => Append(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, output.ToString());

        void Append(string? line)
        {
            lock (output)
                output.AppendLine(line);
        }
    }
}
