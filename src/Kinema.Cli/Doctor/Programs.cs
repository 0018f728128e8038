using System.ComponentModel;
using System.Diagnostics;

namespace Kinema.Cli.Doctor;

/// <summary>Whether the programs a server starts are there and can do what is asked of them.</summary>
internal static class Programs
{
    public static async Task<Finding> CheckFfmpegAsync(string path, CancellationToken ct)
    {
        const string install = "Install it: sudo apt-get install -y ffmpeg (or set Media:FfmpegPath).";
        if (await RunAsync(path, ["-hide_banner", "-encoders"], ct) is not { } encoders)
            return Finding.Failed("ffmpeg", $"cannot start {path}", install);
        if (!encoders.Contains("libx264", StringComparison.Ordinal))
            return Finding.Failed("ffmpeg", $"{path} has no libx264 encoder", "Use the distribution's ffmpeg, or one built with libx264.");
        return Finding.Ok("ffmpeg", await VersionAsync(path, ct));
    }

    public static async Task<Finding> CheckFfprobeAsync(string path, CancellationToken ct) =>
        await RunAsync(path, ["-version"], ct) is null
            ? Finding.Failed("ffprobe", $"cannot start {path}", "It comes with ffmpeg: sudo apt-get install -y ffmpeg (or set Media:FfprobePath).")
            : Finding.Ok("ffprobe", await VersionAsync(path, ct));

    private static async Task<string> VersionAsync(string path, CancellationToken ct)
    {
        var words = (await RunAsync(path, ["-version"], ct) ?? "").Split('\n')[0].Split(' ');
        return words is [_, "version", var version, ..] ? version : "version unknown";
    }

    private static async Task<string?> RunAsync(string path, IReadOnlyList<string> arguments, CancellationToken ct)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync(ct);
            var output = await process.StandardOutput.ReadToEndAsync(ct);
            await error;
            await process.WaitForExitAsync(ct);
            return process.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
