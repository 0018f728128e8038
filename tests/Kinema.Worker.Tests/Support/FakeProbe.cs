using Kinema.Media;

namespace Kinema.Worker.Tests.Support;

/// <summary>An ffmpeg that works until a test says otherwise.</summary>
internal sealed class FakeProbe : IFfmpegProbe
{
    private int _checks;

    public string? Problem { get; set; }

    /// <summary>Never answers while set.</summary>
    public bool Hangs { get; set; }

    public int Checks => Volatile.Read(ref _checks);

    public async Task<FfmpegReport> CheckAsync(CancellationToken ct)
    {
        Interlocked.Increment(ref _checks);
        while (Hangs)
            await Task.Delay(1, ct);
        return new(Problem, "/usr/bin/ffmpeg", "7", HasLimits: true);
    }
}
