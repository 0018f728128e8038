using Kinema.Engines;
using Kinema.Motion.Sounds;

namespace Kinema.Motion.Tests.Sounds;

public sealed class SoundPaceTests
{
    private const int Rate = 8000;
    private const int Frames = 150;

    private static readonly Soundtrack _sound = new(new MediaInput { Path = "", Digest = "", ContentType = "audio/wav", SizeBytes = 0 }, null);

    [Fact]
    public void Where_the_sound_is_loud_the_move_goes_faster()
    {
        var pace = SoundPace.Of(Envelope.Of(Tone(second => second is > 1 and < 2 ? 0.8f : 0.01f), Rate, Frames, 30), _sound);

        var loud = pace.At(50) - pace.At(40);
        var quiet = pace.At(120) - pace.At(110);
        loud.ShouldBeGreaterThan(1.8 * quiet);
        pace.Spread.ShouldBeLessThanOrEqualTo(4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void It_begins_and_ends_where_an_even_pace_does_and_never_goes_back(double loudness)
    {
        var random = new Random(3);
        var pace = SoundPace.Of(Envelope.Of(Tone(_ => (float)(loudness * random.NextDouble())), Rate, Frames, 30), _sound);

        pace.At(0).ShouldBe(0);
        pace.At(Frames - 1).ShouldBe(Frames - 1, 1e-9);
        for (var frame = 1; frame < Frames; frame++)
            (pace.At(frame) - pace.At(frame - 1)).ShouldBeInRange(0.2, 2.5);
    }

    [Fact]
    public void Silence_and_an_even_tone_change_nothing()
    {
        foreach (var loudness in new[] { 0f, 0.5f })
        {
            var pace = SoundPace.Of(Envelope.Of(Tone(_ => loudness), Rate, Frames, 30), _sound);

            for (var frame = 0; frame < Frames; frame++)
                pace.At(frame).ShouldBe(frame, 0.05);
        }
    }

    [Fact]
    public void The_pace_has_weight_and_does_not_jump()
    {
        var pace = SoundPace.Of(Envelope.Of(Tone(second => (int)(second * 4) % 2 == 0 ? 0.9f : 0), Rate, Frames, 30), _sound);

        for (var frame = 2; frame < Frames; frame++)
            Math.Abs(pace.At(frame) - (2 * pace.At(frame - 1)) + pace.At(frame - 2)).ShouldBeLessThan(0.12);
    }

    [Fact]
    public void A_sound_that_ends_early_is_followed_by_silence() =>
        Envelope.Of(Tone(_ => 0.5f).AsSpan(0, Rate), Rate, Frames, 30)[^1].ShouldBe(0, 1e-3);

    private static float[] Tone(Func<double, float> loudness) =>
        [.. Enumerable.Range(0, Rate * 5).Select(i => loudness((double)i / Rate) * MathF.Sin(i * 0.35f))];
}
