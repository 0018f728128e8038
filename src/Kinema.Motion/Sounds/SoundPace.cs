using System.Text.Json.Nodes;
using Kinema.Engines;

namespace Kinema.Motion.Sounds;

/// <summary>
/// Lets a sound set the pace of a move: it goes faster where the sound is loud and lingers where it is quiet. The way itself stays the same, and so
/// does its end; what the plan has promised about margins therefore still holds.
/// </summary>
internal sealed class SoundPace
{
    private const int SamplesPerSecond = 8000;

    /// <summary>How much faster than usual the loudest moment is, and how much slower silence.</summary>
    private const double Strength = 0.6;

    private readonly double[] _positions;

    private SoundPace(double[] positions, Soundtrack? soundtrack, double spread) => (_positions, Soundtrack, Spread) = (positions, soundtrack, spread);

    public Soundtrack? Soundtrack { get; }

    /// <summary>Fastest over slowest pace; 1 where nothing is shaped.</summary>
    public double Spread { get; }

    /// <summary>An even pace.</summary>
    public static SoundPace Even(int frames) => new([.. Enumerable.Range(0, frames).Select(frame => (double)frame)], null, 1);

    /// <summary>The pace of the request's sound; an even one where it has none.</summary>
    public static async Task<SoundPace> ReadAsync(IAudioReader reader, VideoRequest request, VideoFormat format, CancellationToken ct)
    {
        if (request.Audio is not { } sound)
            return Even(format.FrameCount);

        var seconds = (double)format.FrameCount / format.FramesPerSecond;
        var samples = await reader.ReadAsync(sound, SamplesPerSecond, seconds, ct).ConfigureAwait(false);
        return Of(Envelope.Of(samples, SamplesPerSecond, format.FrameCount, format.FramesPerSecond), new(sound, null));
    }

    /// <param name="envelope">0 to 1 for each frame.</param>
    public static SoundPace Of(ReadOnlySpan<float> envelope, Soundtrack soundtrack)
    {
        var mean = 0.0;
        foreach (var level in envelope)
            mean += level / envelope.Length;

        var positions = new double[envelope.Length];
        var (slowest, fastest) = (double.MaxValue, double.MinValue);
        for (var i = 1; i < positions.Length; i++)
        {
            var pace = Math.Clamp(1 + (2 * Strength * (((envelope[i] + envelope[i - 1]) / 2) - mean)), 1 - Strength, 1 + Strength);
            (slowest, fastest) = (Math.Min(slowest, pace), Math.Max(fastest, pace));
            positions[i] = positions[i - 1] + pace;
        }

        var stretch = positions.Length > 1 ? (positions.Length - 1) / positions[^1] : 1;
        for (var i = 0; i < positions.Length; i++)
            positions[i] *= stretch;
        return new(positions, soundtrack, positions.Length > 1 ? fastest / slowest : 1);
    }

    /// <summary>How far the move has come at a frame, counted in frames of an even pace.</summary>
    public double At(int frame) => _positions[frame];

    /// <summary>Adds to a record what the sound does.</summary>
    public void Describe(JsonObject record)
    {
        if (Soundtrack is not null)
            record["sound"] = new JsonObject { ["heard"] = true, ["pace_spread"] = Math.Round(Spread, 3) };
    }
}
