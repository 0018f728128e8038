using Kinema.Media;

namespace Kinema.Server.Status;

/// <summary>Whether videos can be encoded. Asking starts a process and readiness needs no key, so an answer stands for a while.</summary>
internal sealed class EncoderReadiness(IFfmpegProbe ffmpeg, TimeProvider timeProvider) : IReadinessCheck, IDisposable
{
    private static readonly TimeSpan _answerStands = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _asking = new(1);
    private (string? Problem, long At)? _answer;

    public string Name => "ffmpeg";

    public async Task<string?> FindProblemAsync(CancellationToken ct)
    {
        await _asking.WaitAsync(ct);
        try
        {
            if (_answer is not { } answer || timeProvider.GetElapsedTime(answer.At) > _answerStands)
                _answer = answer = ((await ffmpeg.CheckAsync(ct)).Problem, timeProvider.GetTimestamp());
            return answer.Problem;
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();
}
