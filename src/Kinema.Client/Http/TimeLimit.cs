using System.Globalization;

namespace Kinema.Client;

/// <summary>How long the client waits for the server. When it is over, it says so as <see cref="HttpClient"/> does: a canceled task with a timeout inside.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _clock;
    private readonly CancellationTokenSource _either;

    /// <param name="limit">The limit; infinite for none.</param>
    /// <param name="timeProvider">Clock.</param>
    /// <param name="caller">The caller's own cancellation.</param>
    public TimeLimit(TimeSpan limit, TimeProvider timeProvider, CancellationToken caller)
    {
        (_limit, _caller) = (limit, caller);
        _clock = new CancellationTokenSource(limit, timeProvider);
        _either = CancellationTokenSource.CreateLinkedTokenSource(caller, _clock.Token);
    }

    /// <summary>Begins the time anew, because something moved.</summary>
    public void Restart() => _clock.CancelAfter(_limit);

    public async Task<T> HoldAsync<T>(Func<CancellationToken, Task<T>> wait)
    {
        try
        {
            return await wait(_either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (_clock.IsCancellationRequested && !_caller.IsCancellationRequested)
        {
            var message = $"The server did not answer within {_limit.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s (KinemaClientOptions.Timeout).";
            throw new TaskCanceledException(message, new TimeoutException(message, e), _clock.Token);
        }
    }

    public void Dispose()
    {
        _either.Dispose();
        _clock.Dispose();
    }
}
