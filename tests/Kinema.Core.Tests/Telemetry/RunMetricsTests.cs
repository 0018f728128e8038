using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json.Nodes;
using Kinema.Core.Pricing;
using Kinema.Core.Runs;
using Kinema.Core.Telemetry;

namespace Kinema.Core.Tests.Telemetry;

public sealed class RunMetricsTests : IDisposable
{
    private readonly RunMetrics _metrics = new();
    private readonly MeterListener _listener = new();
    private readonly List<string> _seen = [];

    public RunMetricsTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == _metrics)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public void A_delivered_video_counts_its_frames_seconds_and_price_by_engine()
    {
        var video = new OutputArtifact { Key = "k", Role = "video", ContentType = "video/mp4", SizeBytes = 1, Digest = "d", DurationSeconds = 5, FrameCount = 150 };
        var poster = video with { Role = "poster", FrameCount = null, DurationSeconds = null };
        var output = new RunOutput { Artifacts = [poster, video], ModelData = new JsonObject { ["engine"] = "motion" }, Timing = new(0, 0, 2500, 0, 0, 2500) };

        _metrics.Ended(new AttemptOutcome.Succeeded(output, Money.Parse("0.50")));

        _seen.ShouldBe(
        [
            "kinema.attempts 1 kinema.attempt.outcome=succeeded error.type=",
            "kinema.generation.duration 2.5 kinema.engine.id=motion",
            "kinema.frames 150 kinema.engine.id=motion",
            "kinema.video.duration 5 kinema.engine.id=motion",
            "kinema.charges 0.5 kinema.engine.id=motion",
        ]);
    }

    [Fact]
    public void Other_outcomes_count_with_their_failure_code_and_cost_nothing()
    {
        var failure = new RunFailure(FailureCodes.EngineFailed, "A caller's words.", FailureStages.Inference);
        _metrics.Ended(new AttemptOutcome.Failed(failure));
        _metrics.Ended(new AttemptOutcome.Retry(failure, TimeSpan.Zero));
        _metrics.Ended(new AttemptOutcome.Canceled());
        _metrics.Ended(new AttemptOutcome.HandedBack());

        _seen.ShouldBe(
        [
            "kinema.attempts 1 kinema.attempt.outcome=failed error.type=ENGINE_FAILED",
            "kinema.attempts 1 kinema.attempt.outcome=retry error.type=ENGINE_FAILED",
            "kinema.attempts 1 kinema.attempt.outcome=canceled error.type=",
            "kinema.attempts 1 kinema.attempt.outcome=handed_back error.type=",
        ]);
    }

    [Fact]
    public void Waits_refusals_losses_and_callbacks_are_seen()
    {
        _metrics.Claimed("motion", TimeSpan.FromSeconds(1.5));
        _metrics.Claimed("motion", TimeSpan.FromSeconds(-3));
        _metrics.Refused("queue");
        _metrics.Lost(2);
        _metrics.CallbackSent(new(new(Guid.Empty, 1, 503, null, 250, null, DateTimeOffset.UnixEpoch), "pending", "server_error", null, null, null));

        _seen.ShouldBe(
        [
            "kinema.run.wait 1.5 kinema.engine.id=motion",
            "kinema.run.wait 0 kinema.engine.id=motion",
            "kinema.runs.refused 1 kinema.limit=queue",
            "kinema.attempts.lost 2 ",
            "kinema.callback.duration 0.25 kinema.callback.status=pending error.type=server_error",
        ]);
    }

    private void Note(Instrument instrument, IFormattable value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _seen.Add($"{instrument.Name} {value.ToString(null, CultureInfo.InvariantCulture)} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}");
}
