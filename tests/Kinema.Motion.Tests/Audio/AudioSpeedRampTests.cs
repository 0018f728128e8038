using Kinema.Engines;
using Kinema.Motion.Audio;

namespace Kinema.Motion.Tests.Audio;

public sealed class AudioSpeedRampTests
{
    private const int Rate = 8000;
    private const int Frames = 150;

    private static readonly Soundtrack _sound = new(new MediaInput { Path = "", Digest = "", ContentType = "audio/wav", SizeBytes = 0 }, null);

    [Fact]
    public void The_move_is_faster_where_the_audio_is_loud()
    {
        var ramp = AudioSpeedRamp.Of(LoudnessEnvelope.Of(Tone(second => second is > 1 and < 2 ? 0.8f : 0.01f), Rate, Frames, 30), _sound);

        var loud = ramp.PositionAt(50) - ramp.PositionAt(40);
        var quiet = ramp.PositionAt(120) - ramp.PositionAt(110);
        loud.ShouldBeGreaterThan(1.8 * quiet);
        ramp.SpeedRatio.ShouldBeLessThanOrEqualTo(4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void The_ramp_starts_and_ends_like_a_constant_speed_and_never_reverses(double loudness)
    {
        var random = new Random(3);
        var ramp = AudioSpeedRamp.Of(LoudnessEnvelope.Of(Tone(_ => (float)(loudness * random.NextDouble())), Rate, Frames, 30), _sound);

        ramp.PositionAt(0).ShouldBe(0);
        ramp.PositionAt(Frames - 1).ShouldBe(Frames - 1, 1e-9);
        for (var frame = 1; frame < Frames; frame++)
            (ramp.PositionAt(frame) - ramp.PositionAt(frame - 1)).ShouldBeInRange(0.2, 2.5);
    }

    [Fact]
    public void Silence_and_a_constant_tone_change_nothing()
    {
        foreach (var loudness in new[] { 0f, 0.5f })
        {
            var ramp = AudioSpeedRamp.Of(LoudnessEnvelope.Of(Tone(_ => loudness), Rate, Frames, 30), _sound);

            for (var frame = 0; frame < Frames; frame++)
                ramp.PositionAt(frame).ShouldBe(frame, 0.05);
        }
    }

    [Fact]
    public void The_speed_changes_smoothly()
    {
        var ramp = AudioSpeedRamp.Of(LoudnessEnvelope.Of(Tone(second => (int)(second * 4) % 2 == 0 ? 0.9f : 0), Rate, Frames, 30), _sound);

        for (var frame = 2; frame < Frames; frame++)
            Math.Abs(ramp.PositionAt(frame) - (2 * ramp.PositionAt(frame - 1)) + ramp.PositionAt(frame - 2)).ShouldBeLessThan(0.12);
    }

    [Fact]
    public void Silence_follows_audio_that_ends_early() =>
        LoudnessEnvelope.Of(Tone(_ => 0.5f).AsSpan(0, Rate), Rate, Frames, 30)[^1].ShouldBe(0, 1e-3);

    private static float[] Tone(Func<double, float> loudness) =>
        [.. Enumerable.Range(0, Rate * 5).Select(i => loudness((double)i / Rate) * MathF.Sin(i * 0.35f))];
}
