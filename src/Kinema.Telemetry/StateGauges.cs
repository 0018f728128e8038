using System.Diagnostics.Metrics;
using Kinema.Core.Admission;
using Kinema.Core.Runs;
using Kinema.Core.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinema.Telemetry;

/// <summary>Reads the state of queue and workers every few seconds, so that a scrape waits for no database. Of several servers on one store each tells the same.</summary>
internal sealed partial class StateGauges(IRunLedger ledger, IWorkerList workers, RunMetrics metrics, TimeProvider timeProvider, ILogger<StateGauges> log) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(10);

    private volatile State? _state;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metrics.Watch("kinema.runs", "{run}", "Runs that wait for a worker, and runs that one has.", () => Of(state =>
            [new(state.Queue.Queued, Tag("kinema.run.state", "queued")), new(state.Queue.Active, Tag("kinema.run.state", "active"))]));
        metrics.Watch("kinema.workers", "{worker}", "Workers that take runs, by engine.", () => Of(state => state.Workers
            .Where(worker => !worker.Draining)
            .SelectMany(worker => worker.EngineIds)
            .CountBy(engine => engine)
            .Select(engine => new Measurement<long>(engine.Value, Tag("kinema.engine.id", engine.Key)))));
        metrics.Watch("kinema.workers.silent", "{attempt}", "Attempts whose worker has not been heard for a whole lease.", () => Of(state => [new(state.Workers.Sum(worker => worker.Silent))]));

        using var timer = new PeriodicTimer(_interval, timeProvider);
        do
        {
            try
            {
                _state = new(await ledger.ReadQueueDepthAsync(stoppingToken).ConfigureAwait(false), await workers.ListAsync(stoppingToken).ConfigureAwait(false));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // An old figure would look like a quiet queue.
                _state = null;
                LogNotRead(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private IEnumerable<Measurement<long>> Of(Func<State, IEnumerable<Measurement<long>>> read) => _state is { } state ? read(state) : [];

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    [LoggerMessage(4600, LogLevel.Warning, "The state of queue and workers could not be read for metrics")]
    private partial void LogNotRead(Exception exception);

    private sealed record State(QueueDepth Queue, IReadOnlyList<RegisteredWorker> Workers);
}
