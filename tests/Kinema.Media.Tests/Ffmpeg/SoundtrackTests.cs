using System.Runtime.Versioning;
using Kinema.Engines;
using Kinema.Media.Tests.Support;

namespace Kinema.Media.Tests.Ffmpeg;

[UnsupportedOSPlatform("windows")]
public sealed class SoundtrackTests : IDisposable
{
    private static readonly VideoFormat _small = new(320, 240, 30, 45);

    private readonly Folder _folder = new();
    private readonly MediaServices _media = new();

    private string Output => _folder.Path("out.part");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("long.wav", 5)]
    [InlineData("short.mp3", 0.7)]
    public async Task Video_and_audio_start_and_end_together_for_any_source_length(string name, double seconds)
    {
        await EncodeAsync(new Soundtrack(Tone(name, seconds), null));

        var file = Tool.Probe(Output);
        var (video, sound) = (file["streams"]![0]!, file["streams"]![1]!);
        (sound["codec_name"]!.ToString(), sound["sample_rate"]!.ToString(), sound["channels"]!.ToString()).ShouldBe(("aac", "48000", "2"));
        (video["start_time"]!.ToString(), sound["start_time"]!.ToString()).ShouldBe(("0.000000", "0.000000"));
        (video["duration"]!.ToString(), sound["duration"]!.ToString(), file["format"]!["duration"]!.ToString()).ShouldBe(("1.500000", "1.500000", "1.500000"));
    }

    [Fact]
    public async Task The_video_stream_is_bit_identical_with_and_without_audio()
    {
        await EncodeAsync(null);
        var silent = PictureBits();

        await EncodeAsync(new Soundtrack(Tone("a.wav", 5), null));

        PictureBits().ShouldBe(silent);
    }

    [Fact]
    public async Task Silence_follows_audio_that_is_shorter_than_the_video()
    {
        await EncodeAsync(new Soundtrack(Tone("a.wav", 0.8), null));

        var heard = Listen();
        Loudest(heard, 0.2, 0.6).ShouldBeGreaterThan(0.05f);
        Loudest(heard, 0.85, 1.45).ShouldBeLessThan(0.003f);
    }

    [Fact]
    public async Task Truncated_audio_fades_out_without_a_click()
    {
        await EncodeAsync(new Soundtrack(Tone("a.wav", 5), null));

        var heard = Listen();
        Loudest(heard, 1.2, 1.35).ShouldBeGreaterThan(0.05f);
        Loudest(heard, 1.495, 1.5).ShouldBeLessThan(0.02f);
    }

    [Fact]
    public async Task Only_the_requested_seconds_of_audio_are_used()
    {
        await EncodeAsync(new Soundtrack(Tone("a.wav", 5), 0.5));

        var heard = Listen();
        Loudest(heard, 0.1, 0.3).ShouldBeGreaterThan(0.05f);
        Loudest(heard, 0.55, 1.45).ShouldBeLessThan(0.003f);
    }

    [Theory]
    [InlineData("click.wav", "audio/wav")]
    [InlineData("click.mp4", "video/mp4")]
    public async Task Audio_keeps_the_timing_of_its_source(string name, string type)
    {
        var wave = _folder.Path("raw.wav");
        Tool.Run("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "aevalsrc=if(gte(t\\,0.75)*lt(t\\,0.8)\\,0.8*sin(6000*t)\\,0):s=48000:d=2", wave]);
        var path = _folder.Path(name);
        if (type == "video/mp4")
            Tool.Run("ffmpeg", ["-v", "error", "-i", Clips.Make(_folder, "mute.mp4"), "-i", wave, "-c:v", "copy", "-c:a", "aac", "-b:a", "192k", path]);
        else
            File.Move(wave, path);

        await EncodeAsync(new Soundtrack(Clips.Input(path, type, 2, true), null));

        var heard = Listen();
        (Array.FindIndex(heard, sample => Math.Abs(sample) > 0.2f) / 48_000.0).ShouldBe(0.75, 0.003);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Audio_of_any_channel_count_keeps_its_loudness_in_stereo(int channels)
    {
        var path = _folder.Path("loud.wav");
        Tool.Run("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "aevalsrc=0.9*sin(2764*t):s=48000:d=2", "-af", channels == 1 ? "pan=mono|c0=c0" : "pan=stereo|c0=c0|c1=c0", path]);

        var details = (await _media.AudioInspector.InspectAsync(path, Clips.SoundLimits, Ct)).Details;

        await EncodeAsync(new Soundtrack(Clips.Input(path, "audio/wav", 2, true) with { Details = details }, null));

        // AAC itself moves a peak by a tenth of a decibel or two.
        Loudest(Listen(), 0.3, 1.2).ShouldBeInRange(0.87f, 0.93f);
        Loudest(Listen("FR"), 0.3, 1.2).ShouldBeInRange(0.87f, 0.93f);
    }

    [Fact]
    public async Task A_missing_source_fails_the_encoding_without_revealing_its_path()
    {
        var sound = Tone("a.wav", 2);
        File.Delete(sound.Path);

        var failure = await Should.ThrowAsync<EncodingException>(() => EncodeAsync(new Soundtrack(sound, null)));

        failure.Message.ShouldContain("soundtrack");
        failure.Message.ShouldNotContain(_folder.Path(""));
    }

    [Fact]
    public async Task A_truncated_source_leaves_silence_and_a_complete_file()
    {
        var sound = Tone("a.mp3", 2);
        var bytes = await File.ReadAllBytesAsync(sound.Path, Ct);
        Array.Clear(bytes, bytes.Length / 3, bytes.Length / 3);
        await File.WriteAllBytesAsync(sound.Path, bytes, Ct);

        await EncodeAsync(new Soundtrack(sound, null));

        Tool.Probe(Output)["format"]!["duration"]!.ToString().ShouldBe("1.500000");
    }

    [Fact]
    public void A_source_without_audio_is_refused() =>
        Should.Throw<ArgumentException>(() => _media.Encoder.Start(_small, Output, new Dictionary<string, string>(), new Soundtrack(Tone("a.wav", 2) with { HasAudio = false }, null)));

    private MediaInput Tone(string name, double seconds) =>
        Clips.Input(Clips.Tone(_folder, name, seconds), name.EndsWith("wav", StringComparison.Ordinal) ? "audio/wav" : "audio/mpeg", seconds, true);

    private async Task EncodeAsync(Soundtrack? soundtrack)
    {
        await using var encoding = _media.Encoder.Start(_small, Output, new Dictionary<string, string>(), soundtrack);
        var frame = new byte[_small.FrameBytes];
        for (var i = 0; i < _small.FrameCount; i++)
        {
            Array.Fill(frame, (byte)(16 + (i * 4)));
            await encoding.WriteAsync(frame, Ct);
        }

        await encoding.FinishAsync(Ct);
    }

    private string PictureBits() => Tool.Run("ffmpeg", ["-v", "error", "-i", Output, "-map", "0:v", "-c", "copy", "-f", "framemd5", "-"]);

    /// <summary>One channel at 48 kHz.</summary>
    private float[] Listen(string channel = "FL") => EncodedSound.Listen(Output, channel);

    private static float Loudest(float[] samples, double from, double to) => samples[(int)(from * 48_000)..Math.Min(samples.Length, (int)(to * 48_000))].Max(Math.Abs);
}
