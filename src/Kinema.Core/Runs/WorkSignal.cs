namespace Kinema.Core.Runs;

/// <summary>Signals within one process.</summary>
public sealed class WorkSignal(TimeProvider timeProvider) : IWorkSignal
{
    private readonly Topic[] _topics = [.. Enum.GetValues<SignalTopic>().Select(_ => new Topic())];

    public long Version(SignalTopic topic) => _topics[(int)topic].Version;

    public void Notify(SignalTopic topic) => _topics[(int)topic].Notify();

    public async Task WaitAsync(SignalTopic topic, long seen, TimeSpan timeout, CancellationToken ct)
    {
        var change = _topics[(int)topic].ChangeAfter(seen);
        if (change.IsCompleted)
            return;

        using var timer = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(change, Task.Delay(timeout, timeProvider, timer.Token)).ConfigureAwait(false);
        await timer.CancelAsync().ConfigureAwait(false);
        ct.ThrowIfCancellationRequested();
    }

    private sealed class Topic
    {
        private readonly Lock _gate = new();
        private TaskCompletionSource _change = NewSource();
        private long _version;

        public long Version => Volatile.Read(ref _version);

        public void Notify()
        {
            TaskCompletionSource completed;
            lock (_gate)
            {
                _version++;
                completed = _change;
                _change = NewSource();
            }

            completed.SetResult();
        }

        public Task ChangeAfter(long seen)
        {
            lock (_gate)
                return _version > seen ? Task.CompletedTask : _change.Task;
        }

        private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
