using Kinema.Cli.Output;
using Kinema.Cli.Remote;
using Kinema.Client;

namespace Kinema.Cli.Runs;

internal sealed record MakeVideoRequest
{
    public string? Image { get; init; }
    public string? Video { get; init; }
    public string? Audio { get; init; }
    public string? Prompt { get; init; }
    public string? NegativePrompt { get; init; }
    public string? EndImage { get; init; }
    public int? Duration { get; init; }
    public string? Resolution { get; init; }
    public long? Seed { get; init; }
    public string? OutputFile { get; init; }
    public required string Model { get; init; }
    public string? Server { get; init; }
    public string? Key { get; init; }
    public required string DataFolder { get; init; }
    public IReadOnlyList<string> Settings { get; init; } = [];
    public bool Json { get; init; }
}

/// <summary>Uploads local files, creates the run, follows it and downloads the video.</summary>
internal sealed class MakeVideo(Terminal terminal)
{
    public async Task<int> RunAsync(MakeVideoRequest request, CancellationToken ct)
    {
        if (request.Image is null && request.Video is null)
            throw new CommandFailure(ExitCodes.Usage, "give IMAGE for a video that begins with a picture, or --video VIDEO for one that continues an input video.");
        MediaSource.Check(request.Image, "IMAGE", terminal);
        MediaSource.Check(request.EndImage, "--end-image", terminal);
        MediaSource.Check(request.Video, "--video", terminal);
        MediaSource.Check(request.Audio, "--audio", terminal);
        var target = CheckTarget(request);

        await using var connection = await ServerConnection.OpenAsync(request.Server, request.Key, request.DataFolder, request.Settings, terminal, ct);
        var client = connection.Client;
        var created = await client.CreateRunAsync(request.Model, await ComposeAsync(request, client, ct), cancellationToken: ct);
        var run = await FollowAsync(client, created.Id, ct);
        if (run.Status == RunStatus.Succeeded && run.Output?.Outputs is [_, ..])
        {
            await client.DownloadAsync(run, target, ct);
            Report(request, run, target);
            return ExitCodes.Ok;
        }

        if (request.Json)
            terminal.WriteJson(new { run });
        if (run.Status == RunStatus.Canceled)
        {
            terminal.Error.WriteLine($"kinema: run {run.Id} was canceled.");
            return ExitCodes.RunCanceled;
        }

        terminal.Error.WriteLine($"kinema: run {run.Id} failed: {run.FailureMessage ?? run.Status} ({run.FailureCode})");
        return ExitCodes.RunFailed;
    }

    private async Task<ImageToVideoInput> ComposeAsync(MakeVideoRequest request, KinemaClient client, CancellationToken ct)
    {
        await using var media = new MediaUploads(client, request.Model, terminal);
        return new()
        {
            Prompt = request.Prompt,
            NegativePrompt = request.NegativePrompt,
            ImageUrl = await media.ResolveAsync(request.Image, MediaKind.FirstFrame, ct),
            EndImageUrl = await media.ResolveAsync(request.EndImage, MediaKind.LastFrame, ct),
            VideoUrl = await media.ResolveAsync(request.Video, MediaKind.InputVideo, ct),
            AudioUrl = await media.ResolveAsync(request.Audio, MediaKind.Audio, ct),
            Duration = request.Duration,
            Resolution = request.Resolution,
            Seed = request.Seed,
        };
    }

    private async Task<Run> FollowAsync(KinemaClient client, Guid id, CancellationToken ct)
    {
        try
        {
            return await RunProgress.FollowAsync(client, id, terminal, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // A user who interrupts the command does not want to pay for the rest.
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await client.CancelRunAsync(id, "interrupted at the command line", timeout.Token);
            terminal.Error.WriteLine($"kinema: asked the server to cancel run {id}.");
            throw;
        }
    }

    private string CheckTarget(MakeVideoRequest request)
    {
        var source = request.Image ?? request.Video!;
        if (request.OutputFile is null)
            return OutputFileNames.FreeName(terminal.WorkingDirectory, source);

        var path = terminal.Resolve(request.OutputFile);
        if (Directory.Exists(path))
            return OutputFileNames.FreeName(path, source);
        return Directory.Exists(Path.GetDirectoryName(path))
            ? path
            : throw new CommandFailure(ExitCodes.Usage, $"there is no folder {Path.GetDirectoryName(path)} to write {Path.GetFileName(path)} into.");
    }

    private void Report(MakeVideoRequest request, Run run, string target)
    {
        if (request.Json)
        {
            terminal.WriteJson(new { file = target, run });
            return;
        }

        var video = run.Output!.Outputs[0];
        terminal.Out.WriteLine(terminal.Shorten(target));
        terminal.ErrorConsole.WriteFacts(
            ("run", run.Id.ToString()),
            ("video", FormattableString.Invariant($"{video.Width}x{video.Height}, {video.Duration} s, {Wording.Bytes(video.SizeBytes ?? new FileInfo(target).Length)}")),
            ("seed", run.Output.Seed?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("cost", $"${run.Cost}"),
            ("took", Wording.Seconds(run.DurationMs ?? 0)));
    }
}
