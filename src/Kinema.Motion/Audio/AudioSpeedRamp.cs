using System.Text.Json.Nodes;
using Kinema.Engines;

namespace Kinema.Motion.Audio;

/// <summary>
/// A speed ramp from audio: a move is faster where the audio is loud and slower where it is quiet. The path and its end stay the same, so the margins of the
/// plan still hold.
/// </summary>
internal sealed class AudioSpeedRamp
{
    private const int SamplesPerSecond = 8000;

    /// <summary>Relative change of speed: faster at the loudest moment, slower in silence.</summary>
    private const double MaxSpeedChange = 0.6;

    private readonly double[] _positions;

    private AudioSpeedRamp(double[] positions, Soundtrack? soundtrack, double ratio) => (_positions, Soundtrack, SpeedRatio) = (positions, soundtrack, ratio);

    public Soundtrack? Soundtrack { get; }

    /// <summary>Fastest over slowest speed; 1 without a ramp.</summary>
    public double SpeedRatio { get; }

    /// <summary>A constant speed.</summary>
    public static AudioSpeedRamp Constant(int frames) => new([.. Enumerable.Range(0, frames).Select(frame => (double)frame)], null, 1);

    /// <summary>Reads the speed ramp of the request's audio; constant speed if it has none.</summary>
    public static async Task<AudioSpeedRamp> ReadAsync(IAudioReader reader, VideoRequest request, VideoFormat format, CancellationToken ct)
    {
        if (request.Audio is not { } audio)
            return Constant(format.FrameCount);

        var seconds = (double)format.FrameCount / format.FramesPerSecond;
        var samples = await reader.ReadAsync(audio, SamplesPerSecond, seconds, ct).ConfigureAwait(false);
        return Of(LoudnessEnvelope.Of(samples, SamplesPerSecond, format.FrameCount, format.FramesPerSecond), new(audio, null));
    }

    /// <param name="envelope">Loudness of each frame, 0 to 1.</param>
    public static AudioSpeedRamp Of(ReadOnlySpan<float> envelope, Soundtrack soundtrack)
    {
        var mean = 0.0;
        foreach (var level in envelope)
            mean += level / envelope.Length;

        var positions = new double[envelope.Length];
        var (slowest, fastest) = (double.MaxValue, double.MinValue);
        for (var i = 1; i < positions.Length; i++)
        {
            var speed = Math.Clamp(1 + (2 * MaxSpeedChange * (((envelope[i] + envelope[i - 1]) / 2) - mean)), 1 - MaxSpeedChange, 1 + MaxSpeedChange);
            (slowest, fastest) = (Math.Min(slowest, speed), Math.Max(fastest, speed));
            positions[i] = positions[i - 1] + speed;
        }

        var stretch = positions.Length > 1 ? (positions.Length - 1) / positions[^1] : 1;
        for (var i = 0; i < positions.Length; i++)
            positions[i] *= stretch;
        return new(positions, soundtrack, positions.Length > 1 ? fastest / slowest : 1);
    }

    /// <summary>Position along the move at a frame, in frames at constant speed.</summary>
    public double PositionAt(int frame) => _positions[frame];

    /// <summary>Adds the effect of the audio to a record.</summary>
    public void Describe(JsonObject record)
    {
        if (Soundtrack is not null)
            record["sound"] = new JsonObject { ["heard"] = true, ["pace_spread"] = Math.Round(SpeedRatio, 3) };
    }
}
