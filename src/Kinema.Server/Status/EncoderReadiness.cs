using Kinema.Media;

namespace Kinema.Server.Status;

/// <summary>Checks whether videos can be encoded. The check starts a process and needs no key, so its result is cached.</summary>
internal sealed class EncoderReadiness(IFfmpegProbe ffmpeg, TimeProvider timeProvider) : IReadinessCheck, IDisposable
{
    private static readonly TimeSpan _cacheDuration = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _lock = new(1);
    private (string? Problem, long At)? _cached;

    public string Name => "ffmpeg";

    public async Task<string?> FindProblemAsync(CancellationToken ct)
    {
        await _lock.WaitAsync(ct);
        try
        {
            if (_cached is not { } answer || timeProvider.GetElapsedTime(answer.At) > _cacheDuration)
                _cached = answer = ((await ffmpeg.CheckAsync(ct)).Problem, timeProvider.GetTimestamp());
            return answer.Problem;
        }
        finally
        {
            _lock.Release();
        }
    }

    public void Dispose() => _lock.Dispose();
}
