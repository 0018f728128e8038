using System.Diagnostics;
using System.Text.Json.Nodes;
using Kinema.Cli.Listen;
using Kinema.Cli.Local;
using Kinema.Cli.Output;
using Kinema.Cli.Remote;
using Kinema.Cli.Runs;
using Kinema.Client;
using Spectre.Console;

namespace Kinema.Cli.Demo;

internal sealed record DemoRequest(string DataFolder, string Sample, string OutputFolder, int Duration, bool Serve);

/// <summary>The complete workflow on one machine: server, upload, run, progress, callback, files. It uses only the HTTP API.</summary>
internal sealed class DemoWorkflow(Terminal terminal)
{
    private const string Prompt = "Product rotating slowly on a display pedestal, soft studio lighting, professional product photography";
    private const string SecretLabel = "demo";

    public async Task<int> RunAsync(DemoRequest request, CancellationToken ct)
    {
        if (!File.Exists(request.Sample))
            throw new CommandFailure(ExitCodes.NotFound, $"there is no sample photograph {terminal.Shorten(request.Sample)}; run the demo from the repository's root.");

        var watch = Stopwatch.StartNew();
        await using var receiver = await CallbackReceiver.StartAsync(0, null, ct);

        // The outbound guard rejects local addresses; the demo allows only its own receiver's port.
        await using var server = await EmbeddedServer.StartAsync(
            request.DataFolder, [FormattableString.Invariant($"Outbound:Callbacks:Allow:0=127.0.0.0/8:{receiver.Address.Port}")], ct);
        var key = await server.GetKeyAsync(ct);
        using var http = ServerConnection.CreateHttp(server.Address);
        var client = ServerConnection.CreateClient(http, key);
        Step($"server on {server.Address.GetLeftPart(UriPartial.Authority)}, data in {terminal.Shorten(request.DataFolder)}");

        receiver.Verifier = new([(await RenewSecretAsync(client, ct)).PlainSecret!]);
        var run = await MakeAsync(client, request, receiver, ct);
        if (run.Status != RunStatus.Succeeded)
        {
            terminal.Error.WriteLine($"kinema: run {run.Id} ended as {run.Status}: {run.FailureMessage} ({run.FailureCode})");
            return run.Status == RunStatus.Canceled ? ExitCodes.RunCanceled : ExitCodes.RunFailed;
        }

        await ReceiveAsync(receiver, run, ct);
        var (video, poster) = await SaveAsync(client, run, request.OutputFolder, ct);
        Report(run, video, poster, watch.Elapsed);
        if (request.Serve)
            await KeepServingAsync(server, key, ct);
        else
            PrintNextSteps();
        return ExitCodes.Ok;
    }

    private static async Task<CallbackSecret> RenewSecretAsync(KinemaClient client, CancellationToken ct)
    {
        await foreach (var old in client.ListSecretsAsync(new() { Filter = $"label:{SecretLabel}" }).WithCancellation(ct))
            await client.DeleteSecretAsync(old.Id, ct);
        return await client.CreateSecretAsync(SecretLabel, ct);
    }

    private async Task<Run> MakeAsync(KinemaClient client, DemoRequest request, CallbackReceiver receiver, CancellationToken ct)
    {
        await using var media = new MediaUploads(client, RunCommand.DefaultModel, terminal);
        var image = await media.ResolveAsync(request.Sample, MediaKind.FirstFrame, ct);
        Step($"uploaded {terminal.Shorten(request.Sample)}");
        var run = await client.CreateRunAsync(
            RunCommand.DefaultModel,
            new ImageToVideoInput { Prompt = Prompt, Duration = request.Duration, ImageUrl = image, Resolution = "1080p" },
            new RunOptions { CallbackUrl = new Uri(receiver.Address, "callback").ToString(), Metadata = new JsonObject { ["from"] = "demo" } },
            ct);
        Step($"POST /v1/models/{RunCommand.DefaultModel}/runs");
        Step($"run {run.Id}");
        return await RunProgress.FollowAsync(client, run.Id, terminal, ct);
    }

    private async Task ReceiveAsync(CallbackReceiver receiver, Run run, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            // After a killed demo, the callback of the earlier run may arrive first.
            ReceivedCallback callback;
            do
                callback = await receiver.Received.ReadAsync(timeout.Token);
            while (callback.Callback?.RunId != run.Id);

            if (callback.Signature != SignatureStatus.Valid)
                throw new CommandFailure(ExitCodes.Failed, $"the callback's signature is {callback.Signature.ToString().ToLowerInvariant()}.");
            Step($"callback {callback.Callback.Event} received, signature valid");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new CommandFailure(ExitCodes.Failed, $"run {run.Id} ended, but no callback came within 30 s.");
        }
    }

    private static async Task<(string Video, string? Poster)> SaveAsync(KinemaClient client, Run run, string folder, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        var video = Path.Combine(folder, "video.mp4");
        await client.DownloadAsync(run, video, ct);
        if (run.Output!.PosterUrl is not { } posterUrl)
            return (video, null);

        var poster = Path.Combine(folder, "poster.jpg");
        await client.DownloadAsync(posterUrl, poster, ct);
        return (video, poster);
    }

    private void Step(string text) => terminal.OutConsole.MarkupLineInterpolated($"[green]*[/] {text}");

    private void Report(Run run, string video, string? poster, TimeSpan whole)
    {
        var file = run.Output!.Outputs[0];
        terminal.OutConsole.WriteLine();
        terminal.OutConsole.WriteFacts(
            ("video", FormattableString.Invariant($"{terminal.Shorten(video)}  {file.Width}x{file.Height}, {file.Duration} s, {Wording.Bytes(file.SizeBytes ?? 0)}")),
            ("poster", poster is null ? null : terminal.Shorten(poster)),
            ("cost", $"${run.Cost}"),
            ("run took", Wording.Seconds(run.DurationMs ?? 0)),
            ("in all", Wording.Seconds((long)whole.TotalMilliseconds)));
        terminal.OutConsole.WriteLine();
    }

    private void PrintNextSteps() => terminal.OutConsole.MarkupLine(
        """
        Try next
          [bold]./kinema run[/] samples/media/rocket-640x427.jpg --prompt "slow pan to the left" --duration 3
          [bold]./kinema models show[/] alibaba/wan/v2.7/image-to-video
          [bold]./demo --serve[/]   the same, and the server stays up with a key to try
        """);

    private async Task KeepServingAsync(EmbeddedServer server, string key, CancellationToken ct)
    {
        var url = server.Address.GetLeftPart(UriPartial.Authority);
        terminal.OutConsole.WriteFacts(("url", url), ("key", key));
        terminal.OutConsole.WriteLine();
        terminal.OutConsole.WriteLine("The server stays up until Ctrl+C. In another terminal:");
        terminal.Out.WriteLine($"  export KINEMA_SERVER={url} KINEMA_KEY={key}");
        terminal.Out.WriteLine("  ./kinema run samples/media/rocket-640x427.jpg --prompt \"slow pan to the left\" --duration 3");
        terminal.OutConsole.WriteLine();

        // Who has the link is signed in, so it never goes into a pipe.
        terminal.Out.WriteLine(terminal.IsOutputInteractive && server.CreateSignInLink(key) is { } link
            ? $"Or make videos in the browser (the link works once, for 10 minutes):\n  {link.AbsoluteUri}"
            : $"Or make videos in the browser, signed in with the key:\n  {url}/sign-in");
        await server.WaitForEndAsync(ct);
    }
}
