using System.Diagnostics;
using Kinema.Wan.Worker.Videos;

namespace Kinema.Wan.Worker.Checks;

/// <summary>Takes the time of each phase of a generation. The first step counts as encoding, since it also warms up.</summary>
internal sealed class PhaseClock(GenerationBar bar) : IProgress<WanProgress>
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly List<long> _steps = [];
    private long _decoding;

    public void Report(WanProgress value)
    {
        bar.Report(value);
        if (value is { Phase: WanPhase.Denoise, Block: 0 } && value.Step > _steps.Count)
            _steps.Add(Stopwatch.GetTimestamp());
        else if (value.Phase == WanPhase.Decode)
            _decoding = Stopwatch.GetTimestamp();
    }

    /// <summary>Returns the seconds of encoding text and images, of a step, and of decoding.</summary>
    public (double Encode, double Step, double Decode) Finish()
    {
        var decode = Stopwatch.GetElapsedTime(_decoding).TotalSeconds;
        var step = Stopwatch.GetElapsedTime(_steps[0], _steps[^1]).TotalSeconds / (_steps.Count - 1);
        return (Math.Max(0, Stopwatch.GetElapsedTime(_started, _steps[0]).TotalSeconds - step), step, decode);
    }
}
