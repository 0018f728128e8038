using System.Text.Json;
using Kinema.Core.Runs;
using Kinema.Worker.Protocol;

namespace Kinema.Worker.Http;

/// <summary>
/// Sends what happens in attempts, many attempts in one request. Progress and previews do not make an engine wait for the network: while it is slow they are left
/// out, since later ones take their place. Log lines, states and checkpoints wait until the server has them.
/// </summary>
internal sealed class Updates
{
    /// <summary>Beyond so many unsent updates progress is left out.</summary>
    private const int Backlog = 32;

    /// <summary>Numbers of all attempts of this process, so that an attempt given again does not count from 1 again.</summary>
    private long _sequence;

    private readonly Batch<AttemptUpdate, AppendState> _batch;

    public Updates(WorkerServer server) => _batch = new(Backlog, updates => SendAsync(server, updates));

    /// <returns>False if the attempt must stop.</returns>
    public async Task<bool> AddAsync(AttemptRef attempt, AttemptAppend append, CancellationToken ct)
    {
        var events = append.Events.Select(ToEvent).ToList();
        var mayBeLeftOut = append is { Status: null, Checkpoint: null } && events.TrueForAll(e => e.Type == RunEvents.ProgressType && e.Done < e.Total);
        if (mayBeLeftOut && _batch.Waiting > Backlog)
            return true;

        var sent = _batch.AddAsync(new()
        {
            RunId = attempt.RunId,
            Fence = attempt.Fence,
            Sequence = Interlocked.Increment(ref _sequence),
            IsRunning = append.Status == RunStatus.Running,
            Events = events,
            Checkpoint = append.Checkpoint,
            // A copy: the engine's memory is valid only until it goes on.
            Preview = append.Preview is { } preview ? new(preview.ContentType, preview.Content.ToArray()) : null,
        });
        return mayBeLeftOut || (await sent.WaitAsync(ct)).IsCurrent;
    }

    private static async Task<IReadOnlyList<AppendState>> SendAsync(WorkerServer server, IReadOnlyList<AttemptUpdate> updates)
    {
        // The heartbeat ends the attempts in time; what is sent for them later is refused.
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        return (await server.SendAsync(
            "/appends", new SendAppends(updates), WorkerProtocolJson.Default.SendAppends, WorkerProtocolJson.Default.AppendsReply, TimeSpan.Zero, retry: true, limit.Token)).Attempts;
    }

    /// <summary>Reads an event back: within the process it is text already.</summary>
    private static AttemptEvent ToEvent(NewRunEvent happened)
    {
        using var json = JsonDocument.Parse(happened.DataJson);
        var data = json.RootElement;
        return happened.Type == RunEvents.ProgressType
            ? new(happened.Type, Stage: data.GetProperty("stage").GetString(), Done: data.GetProperty("done").GetInt32(), Total: data.GetProperty("total").GetInt32())
            : new(happened.Type, Level: data.GetProperty("level").GetString(), Message: data.GetProperty("message").GetString());
    }
}
