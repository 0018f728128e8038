using System.ComponentModel;
using Kinema.Media.AudioVideo;
using Microsoft.Extensions.Options;

namespace Kinema.Media.Ffmpeg;

internal sealed class FfmpegProbe(IOptions<MediaOptions> options, TimeProvider timeProvider) : IFfmpegProbe
{
    /// <summary>For all questions together.</summary>
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(10);

    private const int MaxCharacters = 1 << 20;

    public static string Missing(string program) =>
        $"'{program}' is not there (Media:FfmpegPath); install it with: apt-get install -y ffmpeg";

    public async Task<FfmpegReport> CheckAsync(CancellationToken ct)
    {
        var named = options.Value.FfmpegPath;
        var limits = ProcessLauncher.FindOnPath("prlimit") is not null;
        if (ProcessLauncher.FindOnPath(named) is not { } path)
            return new(Missing(named), null, null, limits);

        using var timeout = new CancellationTokenSource(_timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        try
        {
            var version = VersionIn(await AskAsync(path, "-version", either.Token).ConfigureAwait(false));
            if (version is null)
                return new($"'{path}' does not answer like ffmpeg (Media:FfmpegPath)", path, null, limits);

            var encoders = await AskAsync(path, "-encoders", either.Token).ConfigureAwait(false);
            return encoders.Contains(" libx264 ", StringComparison.Ordinal)
                ? new(await ProblemOfFfprobeAsync(ct, either.Token).ConfigureAwait(false), path, version, limits)
                : new($"ffmpeg {version} at '{path}' has no libx264; install one that has: apt-get install -y ffmpeg", path, version, limits);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(Hangs(path, "Media:FfmpegPath"), path, null, limits);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return new($"'{path}' cannot be run (Media:FfmpegPath): {e.Message}", path, null, limits);
        }
    }

    private static string? VersionIn(string answer) =>
        answer.StartsWith("ffmpeg version ", StringComparison.Ordinal) ? answer.Split(' ', 4)[2] : null;

    private async Task<string?> ProblemOfFfprobeAsync(CancellationToken ct, CancellationToken limited)
    {
        var named = options.Value.FfprobePath;
        if (ProcessLauncher.FindOnPath(named) is not { } path)
            return StreamProbe.Missing(named);

        try
        {
            var answer = await AskAsync(path, "-version", limited).ConfigureAwait(false);
            return answer.StartsWith("ffprobe version ", StringComparison.Ordinal) ? null : $"'{path}' does not answer like ffprobe (Media:FfprobePath)";
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Hangs(path, "Media:FfprobePath");
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return $"'{path}' cannot be run (Media:FfprobePath): {e.Message}";
        }
    }

    private static string Hangs(string path, string setting) => $"'{path}' did not answer within {_timeout.TotalSeconds:0} seconds ({setting})";

    private static async Task<string> AskAsync(string path, string question, CancellationToken ct)
    {
        var start = ProcessLauncher.CreateStartInfo(path, ["-hide_banner", question], 0, 0);
        var answer = await ProcessRunner.RunAsync(start, MaxCharacters, ct).ConfigureAwait(false);
        return answer.Text;
    }
}
