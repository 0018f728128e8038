using System.Diagnostics.Metrics;
using Kinema.Core.Callbacks;
using Kinema.Core.Runs;

namespace Kinema.Core.Telemetry;

/// <summary>Counts and durations of runs, attempts and callbacks of this process. Nothing in them names a caller. They cost next to nothing while nobody listens.</summary>
public sealed class RunMetrics : IDisposable
{
    /// <summary>Name of the meter of all of them.</summary>
    public const string MeterName = "Kinema";

    /// <summary>Bounds in seconds: from a callback on the same network to a video that takes an hour.</summary>
    private static readonly InstrumentAdvice<double> _seconds = new() { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600] };

    private readonly Meter _meter;
    private readonly Counter<long> _created, _refused, _attempts, _frames, _lost;
    private readonly Counter<double> _video, _charged;
    private readonly Histogram<double> _wait, _generation, _callbacks;

    public RunMetrics()
    {
        _meter = new(new MeterOptions(MeterName) { Scope = this });
        _created = _meter.CreateCounter<long>("kinema.runs.created", "{run}", "Runs accepted, by model.");
        _refused = _meter.CreateCounter<long>("kinema.runs.refused", "{run}", "Runs not accepted because a queue was full.");
        _wait = _meter.CreateHistogram("kinema.run.wait", "s", "Time from create to claim, by engine.", advice: _seconds);
        _attempts = _meter.CreateCounter<long>("kinema.attempts", "{attempt}", "Attempts that ended, by outcome and failure code.");
        _generation = _meter.CreateHistogram("kinema.generation.duration", "s", "Time the engine took for a delivered video, by engine.", advice: _seconds);
        _frames = _meter.CreateCounter<long>("kinema.frames", "{frame}", "Frames of delivered videos, by engine.");
        _video = _meter.CreateCounter<double>("kinema.video.duration", "s", "Seconds of delivered video, by engine.");
        _charged = _meter.CreateCounter<double>("kinema.charges", "USD", "Charged for delivered videos, US dollars, by engine.");
        _lost = _meter.CreateCounter<long>("kinema.attempts.lost", "{attempt}", "Attempts whose worker fell silent, and runs past their deadline.");
        _callbacks = _meter.CreateHistogram("kinema.callback.duration", "s", "Time of a callback attempt, by state of its delivery and reason.", advice: _seconds);
    }

    public void Created(Run run) => _created.Add(1, Tag("kinema.model", run.ModelSlug));

    /// <param name="limit"><c>queue</c> or <c>organization</c>.</param>
    public void Refused(string limit) => _refused.Add(1, Tag("kinema.limit", limit));

    public void Claimed(string engineId, TimeSpan wait) => _wait.Record(Math.Max(0, wait.TotalSeconds), Tag("kinema.engine.id", engineId));

    /// <summary>An outcome that was stored.</summary>
    public void Ended(AttemptOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        _attempts.Add(1, Tag("kinema.attempt.outcome", outcome.Name), Tag("error.type", outcome.Cause?.Code));
        if (outcome is not AttemptOutcome.Succeeded { Output: var output, Cost: var cost })
            return;

        var engine = Tag("kinema.engine.id", (string?)output.ModelData["engine"]);
        var video = output.Artifacts.FirstOrDefault(artifact => artifact.Role == "video");
        _generation.Record(output.Timing.InferenceMs / 1000.0, engine);
        _frames.Add(video?.FrameCount ?? 0, engine);
        _video.Add(video?.DurationSeconds ?? 0, engine);
        _charged.Add(cost.Micros / 1e6, engine);
    }

    public void Lost(int attempts) => _lost.Add(attempts);

    public void CallbackSent(DeliveryReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        _callbacks.Record(report.Attempt.ResponseTimeMs / 1000.0, Tag("kinema.callback.status", report.Status), Tag("error.type", report.FailureReasonCode));
    }

    /// <summary>Adds a value that is read when somebody looks.</summary>
    public void Watch(string name, string unit, string description, Func<IEnumerable<Measurement<long>>> read) => _meter.CreateObservableGauge(name, read, unit, description);

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, string? value) => new(name, value);
}
