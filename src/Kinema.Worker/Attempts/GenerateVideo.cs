using System.Text.Json.Nodes;
using Kinema.Core.Runs;
using Kinema.Engines;
using Kinema.Media;
using Kinema.Worker.Assignments;
using Kinema.Worker.Receiving;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Attempts;

/// <summary>Runs the engine and streams its frames into the encoder; only one frame is in memory.</summary>
internal sealed class GenerateVideo(IVideoEncoder encoder, ReceiveVideo receive, ReadReceivedVideo read, IOptions<WorkerOptions> options, TimeProvider timeProvider)
{
    public async Task<EncodedVideo> HandleAsync(
        IVideoEngine engine, VideoRequest request, string scratch, Assignment assignment, LiveAttempt attempt, AttemptJournal journal, CancellationToken ct)
    {
        var path = Path.Combine(scratch, OutputFiles.VideoName);
        var began = timeProvider.GetTimestamp();
        await using var sink = new FrameSink(path, assignment.Watch, timeProvider);

        JsonObject modelData;
        var limits = assignment.Limits with { GenerateSeconds = engine.Descriptor.GenerationSeconds ?? assignment.Limits.GenerateSeconds };
        using (var limit = new GenerationLimit(attempt, limits))
        {
            Task<JsonObject> TakeAsync(EngineEvent finished) => ReceiveAsync(finished, request, engine.Descriptor, scratch, assignment, attempt, sink, ct);
            modelData = await DrainAsync(engine.GenerateAsync(request, ct), sink, data => Provenance.Of(attempt.Ref.RunId, engine.Descriptor, data), TakeAsync, journal, limit, ct);
        }

        using (attempt.Limit(AttemptPhase.Store, assignment.Limits.StoreSeconds))
            await sink.FinishAsync(ct);

        return new(path, sink.Format!, sink.HasAudio, sink.PosterFrame, sink.LastFrame, modelData, timeProvider.GetElapsedTime(began) - sink.Busy, sink.Busy);
    }

    private async Task<JsonObject> DrainAsync(
        IAsyncEnumerable<EngineEvent> events,
        FrameSink sink,
        Func<JsonObject, IReadOnlyDictionary<string, string>> metadata,
        Func<EngineEvent, Task<JsonObject>> receiveAsync,
        AttemptJournal journal,
        GenerationLimit limit,
        CancellationToken ct)
    {
        var progress = new ProgressThrottle(journal, options.Value.ProgressPerSecond, timeProvider);
        var previews = new PreviewThrottle(journal, timeProvider);
        JsonObject modelData = [];
        await foreach (var engineEvent in events.WithCancellation(ct))
        {
            ct.ThrowIfCancellationRequested();
            limit.Enter(engineEvent);
            switch (engineEvent)
            {
                case EngineEvent.Started started:
                    sink.Start(encoder, started.Format, started.Soundtrack, metadata(started.ModelData));
                    modelData = started.ModelData;
                    break;

                case EngineEvent.Frame frame:
                    await sink.WriteAsync(frame, ct);
                    await progress.ReportAsync(FailureStages.Inference, sink.Written, sink.Format!.FrameCount, ct);
                    break;

                case EngineEvent.Progress step:
                    await progress.ReportAsync(step.Stage, step.Done, step.Total, ct);
                    break;

                case EngineEvent.Preview preview:
                    await previews.KeepAsync(preview, ct);
                    break;

                case EngineEvent.Checkpoint checkpoint:
                    await journal.AppendAsync(new() { Checkpoint = checkpoint.State }, ct);
                    break;

                case EngineEvent.Log log:
                    await journal.LogAsync(log.Level == EngineLogLevel.Warning ? "warning" : "info", log.Message, ct);
                    break;

                case EngineEvent.RemoteVideo or EngineEvent.VideoContent:
                    modelData = await receiveAsync(engineEvent);
                    break;
            }
        }

        return modelData;
    }

    /// <summary>Brings a finished video here and passes its frames to the sink. The engine goes on only after that: what it has elsewhere is needed no longer.</summary>
    private async Task<JsonObject> ReceiveAsync(
        EngineEvent finished, VideoRequest request, EngineDescriptor engine, string scratch, Assignment assignment, LiveAttempt attempt, FrameSink sink, CancellationToken ct)
    {
        string path;
        using (var limit = attempt.Limit(AttemptPhase.Receive, assignment.Limits.FetchSeconds))
            path = await receive.HandleAsync(finished, scratch, limit, ct);

        var modelData = finished is EngineEvent.RemoteVideo remote ? remote.ModelData : ((EngineEvent.VideoContent)finished).ModelData;
        using (attempt.Limit(AttemptPhase.Store, assignment.Limits.StoreSeconds))
            await read.HandleAsync(path, request.DurationSeconds, sink, modelData, data => Provenance.Of(attempt.Ref.RunId, engine, data), ct);
        return modelData;
    }
}
