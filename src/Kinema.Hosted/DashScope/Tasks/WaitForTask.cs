using Kinema.Hosted.DashScope.Wire;
using Microsoft.Extensions.Options;

namespace Kinema.Hosted.DashScope.Tasks;

/// <summary>
/// Waits until a task has ended. A few tasks are asked for one by one; when they are many, the list of open tasks is read once for all of them, and only those that are
/// no more in it are asked for.
/// </summary>
internal sealed class WaitForTask(DashScopeClient client, IOptions<HostedOptions> options, TimeProvider timeProvider) : IDisposable
{
    /// <summary>Tasks up to which each is asked for.</summary>
    private const int Few = 10;

    private const int MostPages = 100;

    private readonly SemaphoreSlim _reading = new(1);
    private int _waiting;
    private OpenTasks? _open;

    private TimeSpan Interval => TimeSpan.FromSeconds(options.Value.DashScope.PollSeconds);

    /// <returns>How it ended; <see cref="Wire.TaskStatus.Unknown"/> when the provider no longer knows it, or its time is over.</returns>
    public async Task<TaskReply> HandleAsync(string taskId, DateTimeOffset sentAt, CancellationToken ct)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            // Nothing is ready at once, and the list that is read after this has it.
            var early = sentAt + Interval - timeProvider.GetUtcNow();
            if (early > TimeSpan.Zero)
                await Task.Delay(early < Interval ? early : Interval, timeProvider, ct);
            while (true)
            {
                var reply = await LookAsync(taskId, ct);
                var age = timeProvider.GetUtcNow() - sentAt;
                if (reply.IsFinal || (reply.Status == Wire.TaskStatus.Unknown && age > LostAnswer.Unknown) || age > TimeSpan.FromSeconds(options.Value.DashScope.GenerationSeconds))
                    return reply;
                await Task.Delay(Interval, timeProvider, ct);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose() => _reading.Dispose();

    private async Task<TaskReply> LookAsync(string taskId, CancellationToken ct) =>
        Volatile.Read(ref _waiting) > Few && (await ReadOpenAsync(ct)).Ids.Contains(taskId) ? TaskReply.Waiting : await client.QueryAsync(taskId, ct);

    private async Task<OpenTasks> ReadOpenAsync(CancellationToken ct)
    {
        await _reading.WaitAsync(ct);
        try
        {
            if (_open is { } known && timeProvider.GetElapsedTime(known.ReadAt) < Interval / 2)
                return known;

            // Waiting ones first: a task that starts meanwhile is then seen in one list or the other.
            var ids = new HashSet<string>(StringComparer.Ordinal);
            foreach (var status in (string[])["PENDING", "RUNNING"])
                await AddAsync(ids, status, ct);
            return _open = new(timeProvider.GetTimestamp(), ids);
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task AddAsync(HashSet<string> ids, string status, CancellationToken ct)
    {
        for (var number = 1; number <= MostPages; number++)
        {
            var page = await client.ListAsync(number, status, ct);
            ids.UnionWith(page.Tasks.Select(task => task.Id));
            if (number >= page.Pages || page.Tasks.Count == 0)
                return;
        }
    }

    private sealed record OpenTasks(long ReadAt, IReadOnlySet<string> Ids);
}
