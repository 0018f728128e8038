using Kinema.Media;
using Microsoft.Extensions.Logging;

namespace Kinema.Worker.Claiming;

/// <summary>
/// Whether this machine can decode and encode videos. While it cannot, runs stay queued: a missing or hanging ffmpeg would fail one after the other. The
/// answer is kept for 30 s; while it is no, the program is tried again after 1, 2, 4, 8, 16 and then every 30 s.
/// </summary>
internal sealed partial class EncoderGate(IFfmpegProbe ffmpeg, TimeProvider timeProvider, ILogger<EncoderGate> log) : IDisposable
{
    /// <summary>Above the probe's own limit, which a program that cannot be killed outlasts.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _checking = new(1);
    private readonly CancellationTokenSource _ended = new();
    private Task<FfmpegReport>? _probe;
    private int _failures;
    private long? _checkedAt;

    public async Task<bool> IsOpenAsync(CancellationToken ct)
    {
        await _checking.WaitAsync(ct);
        try
        {
            if (_checkedAt is not { } at || timeProvider.GetElapsedTime(at) >= Wait)
                await CheckAsync(ct);
            return _failures == 0;
        }
        finally
        {
            _checking.Release();
        }
    }

    /// <summary>Looks again because an attempt failed; one that is closed already opens in its own time.</summary>
    public async Task<bool> IsStillOpenAsync(CancellationToken ct)
    {
        await _checking.WaitAsync(ct);
        try
        {
            if (_failures == 0)
                await CheckAsync(ct);
            return _failures == 0;
        }
        finally
        {
            _checking.Release();
        }
    }

    /// <summary>Also ends a probe that hangs.</summary>
    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
        _checking.Dispose();
    }

    private TimeSpan Wait => _failures is > 0 and < 6 ? TimeSpan.FromSeconds(1 << (_failures - 1)) : _longestWait;

    private async Task CheckAsync(CancellationToken ct)
    {
        var problem = await FindProblemAsync(ct);
        if (problem is null && _failures > 0)
            LogOpened();
        else if (problem is not null && _failures == 0)
            LogClosed(problem);

        _failures = problem is null ? 0 : _failures + 1;
        _checkedAt = timeProvider.GetTimestamp();
    }

    private async Task<string?> FindProblemAsync(CancellationToken ct)
    {
        // One that still hangs is waited for again, so that no more than one does.
        if (_probe is not { IsCompleted: false })
        {
            var ended = _ended.Token;
            _probe = Task.Run(() => ffmpeg.CheckAsync(ended), CancellationToken.None);
        }

        try
        {
            return (await _probe.WaitAsync(_patience, timeProvider, ct)).Problem;
        }
        catch (TimeoutException)
        {
            return $"ffmpeg did not answer within {_patience.TotalSeconds:0} seconds";
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return $"ffmpeg could not be checked: {e.Message}";
        }
    }

    [LoggerMessage(4104, LogLevel.Error, "No runs are claimed while videos cannot be encoded here: {Problem}")]
    private partial void LogClosed(string problem);

    [LoggerMessage(4105, LogLevel.Information, "Videos can be encoded again; runs are claimed")]
    private partial void LogOpened();
}
