using System.Diagnostics;
using System.Runtime.Versioning;
using Kinema.Media.Ffmpeg;
using Kinema.Media.Tests.Support;
using Microsoft.Extensions.Options;

namespace Kinema.Media.Tests.Ffmpeg;

[UnsupportedOSPlatform("windows")]
public sealed class FfmpegProbeTests : IDisposable
{
    private readonly Folder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_installed_ffmpeg_is_ready_and_reports_its_version()
    {
        var report = await CheckAsync("ffmpeg");

        report.Problem.ShouldBeNull();
        report.Version.ShouldNotBeNullOrEmpty();
        report.Path.ShouldBe(ProcessLauncher.FindOnPath("ffmpeg"));
    }

    [Fact]
    public async Task A_missing_ffmpeg_comes_with_the_command_that_installs_it() =>
        (await CheckAsync("ffmpeg-that-is-not-there")).Problem.ShouldBe(
            "'ffmpeg-that-is-not-there' is not there (Media:FfmpegPath); install it with: apt-get install -y ffmpeg");

    [Fact]
    public async Task A_program_that_is_not_ffmpeg_is_detected() =>
        (await CheckAsync(_folder.Script("other", "echo hello"))).Problem!.ShouldContain("does not answer like ffmpeg");

    [Fact]
    public async Task An_ffmpeg_without_x264_is_named() =>
        (await CheckAsync(_folder.Script("bare", "echo ffmpeg version 9.9 Copyright"))).Problem!.ShouldStartWith("ffmpeg 9.9 at '");

    [Fact]
    public async Task A_missing_ffprobe_comes_with_the_command_that_installs_it() =>
        (await CheckAsync("ffmpeg", "ffprobe-that-is-not-there")).Problem.ShouldBe(
            "'ffprobe-that-is-not-there' is not there (Media:FfprobePath); it comes with ffmpeg: apt-get install -y ffmpeg");

    [Fact]
    public async Task A_program_that_is_not_ffprobe_is_detected() =>
        (await CheckAsync("ffmpeg", _folder.Script("other", "echo hello"))).Problem!.ShouldContain("does not answer like ffprobe");

    [Fact]
    public async Task It_is_asked_with_the_priority_of_the_server_so_that_it_answers_beside_a_rendering_run()
    {
        var own = (await ProcessRunner.RunAsync(new ProcessStartInfo("nice") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true }, 100, Ct)).Text.Trim();

        (await CheckAsync(_folder.Script("tell", "echo ffmpeg version $(/usr/bin/nice) Copyright"))).Version.ShouldBe(own);
    }

    private static Task<FfmpegReport> CheckAsync(string path, string ffprobe = "ffprobe") =>
        new FfmpegProbe(Options.Create(new MediaOptions { FfmpegPath = path, FfprobePath = ffprobe }), TimeProvider.System).CheckAsync(Ct);
}
