using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Kinema.Core.Runs;
using Kinema.Engines;
using Kinema.Worker.Assignments;
using Kinema.Worker.Attempts;
using Kinema.Worker.Protocol;

namespace Kinema.Worker.Http;

/// <summary>A run of a server elsewhere: the server fetches and checks its inputs, and gets its files.</summary>
internal sealed class RemoteAssignment(OfferedWork work, AttemptRef attempt, RemoteAssignments services) : Assignment
{
    private readonly string _scratch = Path.Combine(services.Root, string.Create(CultureInfo.InvariantCulture, $"{work.RunId}-{work.Fence}"));

    public override AttemptRef Attempt => attempt;

    public override int AttemptNumber => work.AttemptNumber;

    public override string EngineId => work.EngineId;

    public override TimeSpan Queued => TimeSpan.FromMilliseconds(work.QueuedMs);

    public override AttemptLimits Limits => work.Limits;

    public override string? TraceParent => work.TraceParent;

    public override string CreateScratch()
    {
        // Prompts and pictures are nobody else's on this machine.
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(_scratch);
        else
            Directory.CreateDirectory(_scratch, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return _scratch;
    }

    public override void DeleteScratch()
    {
        if (Directory.Exists(_scratch))
            Directory.Delete(_scratch, recursive: true);
    }

    public override Task<PreparedRequest> PrepareAsync(string scratch, PhaseLimit limit, AttemptTimings times, AttemptJournal journal, CancellationToken ct) =>
        UnlessGoneAsync(() => DownloadAsync(scratch, ct), PreparedRequest.Ended(outcome: null));

    public override Task<AttemptOutcome?> RefuseAsync(EngineSupport support, CancellationToken ct) => UnlessGoneAsync(
        async () =>
        {
            await EndAsync("outcome", new EndAttempt(EndAttempt.Refused, Role: support.Role, Reason: support.Reason), WorkerProtocolJson.Default.EndAttempt, ct);
            return (AttemptOutcome?)null;
        },
        null);

    public override Task<AttemptOutcome?> DeliverAsync(
        VideoRequest request, EngineDescriptor engine, EncodedVideo video, AttemptTimings times, AttemptJournal journal, CancellationToken ct) => UnlessGoneAsync(
        async () =>
        {
            var began = services.TimeProvider.GetTimestamp();
            var (poster, lastFrame) = await services.Pictures.HandleAsync(video, ct);
            while (!await UploadAsync(video, poster, lastFrame, times, began, ct))
                await Task.Delay(TimeSpan.FromSeconds(1), services.TimeProvider, ct);
            return (AttemptOutcome?)null;
        },
        null);

    private async Task<PreparedRequest> DownloadAsync(string scratch, CancellationToken ct)
    {
        while (true)
        {
            var reply = await services.Server.SendAsync(
                Paths.Attempt(attempt, "inputs"),
                new PrepareInputsOf(TakesPrompt: true),
                WorkerProtocolJson.Default.PrepareInputsOf,
                WorkerProtocolJson.Default.InputsReply,
                TimeSpan.FromSeconds(WorkerProtocol.LongestPollSeconds),
                retry: true,
                ct);
            if (reply.State == InputsReply.Ended)
                return PreparedRequest.Ended(outcome: null);
            if (reply.State != InputsReply.Ready)
                continue;

            var media = new Dictionary<MediaRole, MediaInput>();
            foreach (var offered in reply.Media)
                media[offered.Role] = offered.At(await services.Transfers.DownloadAsync(attempt, offered, scratch, ct));
            return PreparedRequest.Ready(work.Request.ToRequest(work.RunId, media, work.Checkpoint) with { ExpandedPrompt = reply.ExpandedPrompt });
        }
    }

    /// <returns>False if a file did not arrive as it was sent: all are sent again, until the phase's time is over.</returns>
    private async Task<bool> UploadAsync(EncodedVideo video, string poster, string lastFrame, AttemptTimings times, long began, CancellationToken ct)
    {
        var files = new List<DeliveredFile>();
        foreach (var (name, path) in new[] { (OutputFiles.VideoName, video.Path), (OutputFiles.PosterName, poster), (OutputFiles.LastFrameName, lastFrame) })
            files.Add(await services.Transfers.UploadAsync(attempt, name, path, ct));

        var timing = times.Timing(video.Inference, video.Encoding, services.TimeProvider.GetElapsedTime(began));
        var delivery = new DeliverVideo(files, video.ModelData, new(timing.PreprocessMs, timing.InferenceMs, timing.EncodeMs, timing.UploadMs));
        var reply = await EndAsync("delivery", delivery, WorkerProtocolJson.Default.DeliverVideo, ct);
        return reply is { IsAccepted: true } or { Problem: null };
    }

    private Task<EndReply> EndAsync<TMessage>(string path, TMessage message, JsonTypeInfo<TMessage> type, CancellationToken ct) =>
        services.Server.SendAsync(Paths.Attempt(attempt, path), message, type, WorkerProtocolJson.Default.EndReply, TimeSpan.FromMinutes(2), retry: true, ct);

    /// <summary>Returns the other value if the attempt is no longer this worker's.</summary>
    private static async Task<T> UnlessGoneAsync<T>(Func<Task<T>> work, T gone)
    {
        try
        {
            return await work();
        }
        catch (WorkerRequestException e) when (e.IsNotHeld)
        {
            return gone;
        }
    }
}
