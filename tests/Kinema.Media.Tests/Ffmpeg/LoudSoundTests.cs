using System.Runtime.Versioning;
using Kinema.Engines;
using Kinema.Media.Tests.Support;

namespace Kinema.Media.Tests.Ffmpeg;

[UnsupportedOSPlatform("windows")]
public sealed class LoudSoundTests : IDisposable
{
    private const int Rate = 48_000;
    private const double Frequency = 440;

    private readonly Folder _folder = new();
    private readonly MediaServices _media = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("loud.wav", "5.1", 1, "pcm_f32le")]
    [InlineData("loud.wav", "5.1", 1, "pcm_s16le")]
    [InlineData("loud.wav", "7.1", 0.9, "pcm_s24le")]
    [InlineData("loud.wav", "stereo", 4, "pcm_f32le")]
    [InlineData("loud.wav", "mono", 2.5, "pcm_f32le")]
    [InlineData("integers.wav", "stereo", 2_000_000_000, "pcm_f32le")]
    [InlineData("loud.mp4", "5.1", 0.9, "alac")]
    [InlineData("loud.mp3", "stereo", 1, "libmp3lame")]
    public async Task Sound_beyond_full_scale_is_turned_down_as_a_whole(string name, string layout, double amplitude, string codec)
    {
        var sound = await HearAsync(Tone(name, layout, amplitude, codec));

        sound.Max(Math.Abs).ShouldBeLessThanOrEqualTo(1f);
        var (level, distortion) = Analyse(sound.AsSpan(Rate / 4, Rate));
        // A lossy source has a peak of its own where the tone begins.
        level.ShouldBeInRange(codec == "libmp3lame" ? 0.7 : 0.88, 0.9);
        distortion.ShouldBeLessThan(0.01);
        var levels = Enumerable.Range(0, 8).Select(part => Analyse(sound.AsSpan((Rate / 4) + (part * Rate / 8), Rate / 8)).Level).ToList();
        (levels.Max() / levels.Min()).ShouldBeLessThan(1.02);
    }

    [Theory]
    [InlineData("pcm_f32le")]
    [InlineData("pcm_s16le")]
    public async Task Surround_is_mixed_as_BS_775_says_whatever_its_codec(string codec)
    {
        // Each front channel with the centre and its surround, both 3 dB lower; no low-frequency channel.
        var (level, _) = Analyse((await HearAsync(Tone("quiet.wav", "5.1", 0.2, codec))).AsSpan(Rate / 4, Rate));

        level.ShouldBe(0.2 * (1 + Math.Sqrt(0.5) + Math.Sqrt(0.5)), 0.01);
    }

    [Fact]
    public async Task Sound_below_full_scale_keeps_its_level() =>
        Analyse((await HearAsync(Tone("even.wav", "stereo", 0.8, "pcm_f32le"))).AsSpan(Rate / 4, Rate)).Level.ShouldBe(0.8, 0.02);

    [Fact]
    public async Task The_pace_hears_loud_sound_without_clipping()
    {
        var samples = await _media.Sounds.ReadAsync(await InspectedAsync(Tone("loud.wav", "5.1", 1, "pcm_f32le")), Rate, 2, Ct);

        var (level, distortion) = Analyse(samples.AsSpan(Rate / 4, Rate));
        level.ShouldBe(1, 0.02);
        distortion.ShouldBeLessThan(0.01);
    }

    /// <summary>The same tone in every channel.</summary>
    private string Tone(string name, string layout, double amplitude, string codec)
    {
        var path = _folder.Path(name);
        var channels = layout switch { "mono" => 1, "stereo" => 2, "5.1" => 6, _ => 8 };
        var tone = string.Join('|', Enumerable.Repeat(FormattableString.Invariant($"{amplitude}*sin(2*PI*{Frequency}*t)"), channels));
        string[] picture = name.EndsWith("mp4", StringComparison.Ordinal) ? ["-i", Clips.Make(_folder, "clip.mp4"), "-map", "1", "-map", "0", "-c:v", "copy"] : [];
        Tool.Run("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", $"aevalsrc={tone}:s={Rate}:d=2:c={layout}", .. picture, "-c:a", codec, "-b:a", "320k", path]);
        return path;
    }

    private async Task<MediaInput> InspectedAsync(string path)
    {
        var verdict = path.EndsWith("mp4", StringComparison.Ordinal)
            ? await _media.VideoInspector.InspectAsync(path, Clips.ClipLimits, Ct)
            : await _media.AudioInspector.InspectAsync(path, Clips.SoundLimits, Ct);
        verdict.Message.ShouldBeNull();
        return Clips.Input(path, verdict.ContentType, verdict.Seconds, true) with { Details = verdict.Details };
    }

    private async Task<float[]> HearAsync(string path) => await _media.EncodeAsync(_folder, await InspectedAsync(path), Ct);

    /// <summary>Fits the tone by least squares: its level, and what is left beside it as a fraction of it.</summary>
    private static (double Level, double Distortion) Analyse(ReadOnlySpan<float> samples)
    {
        var (sine, cosine) = (0.0, 0.0);
        for (var i = 0; i < samples.Length; i++)
        {
            var (s, c) = Math.SinCos(2 * Math.PI * Frequency * i / Rate);
            (sine, cosine) = (sine + (s * samples[i]), cosine + (c * samples[i]));
        }

        (sine, cosine) = (sine * 2 / samples.Length, cosine * 2 / samples.Length);
        var rest = 0.0;
        for (var i = 0; i < samples.Length; i++)
        {
            var (s, c) = Math.SinCos(2 * Math.PI * Frequency * i / Rate);
            rest += Math.Pow(samples[i] - (sine * s) - (cosine * c), 2);
        }

        var level = Math.Sqrt((sine * sine) + (cosine * cosine));
        return (level, Math.Sqrt(rest / samples.Length) / (level / Math.Sqrt(2)));
    }
}
