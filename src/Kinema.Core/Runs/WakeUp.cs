namespace Kinema.Core.Runs;

/// <summary>Wake-up signals within one process.</summary>
public sealed class WakeUp(TimeProvider timeProvider) : IWakeUp
{
    private readonly Topic[] _topics = [.. Enum.GetValues<WakeTopic>().Select(_ => new Topic())];

    public long Version(WakeTopic topic) => _topics[(int)topic].Version;

    public void Notify(WakeTopic topic) => _topics[(int)topic].Notify();

    public async Task WaitAsync(WakeTopic topic, long seen, TimeSpan timeout, CancellationToken ct)
    {
        var news = _topics[(int)topic].NewsAfter(seen);
        if (news.IsCompleted)
            return;

        using var timer = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(news, Task.Delay(timeout, timeProvider, timer.Token)).ConfigureAwait(false);
        await timer.CancelAsync().ConfigureAwait(false);
        ct.ThrowIfCancellationRequested();
    }

    private sealed class Topic
    {
        private readonly Lock _gate = new();
        private TaskCompletionSource _news = NewSource();
        private long _version;

        public long Version => Volatile.Read(ref _version);

        public void Notify()
        {
            TaskCompletionSource told;
            lock (_gate)
            {
                _version++;
                told = _news;
                _news = NewSource();
            }

            told.SetResult();
        }

        public Task NewsAfter(long seen)
        {
            lock (_gate)
                return _version > seen ? Task.CompletedTask : _news.Task;
        }

        private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
