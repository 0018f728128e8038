using System.Buffers.Binary;
using System.Runtime.Versioning;
using System.Text;
using Kinema.Media.Tests.Support;

namespace Kinema.Media.Tests.AudioVideo;

[UnsupportedOSPlatform("windows")]
public sealed class AudioInspectorTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly MediaServices _media = new();
    private readonly MediaServices _withoutPrograms = new(options => options.FfprobePath = "/nowhere/ffprobe");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.wav", "audio/wav", "-c:a", "pcm_s16le")]
    [InlineData("a.wav", "audio/wav", "-c:a", "pcm_s24le")]
    [InlineData("a.wav", "audio/wav", "-c:a", "pcm_f32le")]
    [InlineData("a.wav", "audio/wav", "-c:a", "pcm_u8", "-ar", "8000")]
    [InlineData("a.wav", "audio/wav", "-c:a", "pcm_mulaw", "-ar", "8000")]
    [InlineData("a.wav", "audio/wav", "-c:a", "adpcm_ms")]
    [InlineData("a.wav", "audio/wav", "-ac", "6", "-ar", "96000")]
    [InlineData("a.mp3", "audio/mpeg", "-b:a", "128k")]
    [InlineData("a.mp3", "audio/mpeg", "-q:a", "2")]
    [InlineData("a.mp3", "audio/mpeg", "-ar", "16000", "-b:a", "16k", "-write_xing", "0", "-id3v2_version", "0")]
    public async Task Files_of_common_recorders_and_editors_are_read_with_their_actual_duration(string name, string type, params string[] codec)
    {
        var verdict = await InspectAsync(Clips.Tone(_folder, name, 3, codec));

        verdict.Message.ShouldBeNull();
        (verdict.ContentType, verdict.HasAudio, verdict.Width).ShouldBe((type, true, null));
        verdict.Seconds.ShouldBe(3, 0.16);
    }

    [Fact]
    public async Task A_cover_picture_in_an_mp3_does_no_harm()
    {
        var path = _folder.Path("cover.mp3");
        Tool.Run("ffmpeg", [
            "-v", "error", "-i", Clips.Tone(_folder, "tone.wav", 3), "-f", "lavfi", "-i", "testsrc2=s=600x600:d=1:r=1", "-map", "0", "-map", "1",
            "-q:a", "4", "-c:v", "png", "-disposition:v", "attached_pic", "-id3v2_version", "3", path]);

        (await InspectAsync(path)).Message.ShouldBeNull();
    }

    [Theory]
    [InlineData("a.wav", 2)]
    [InlineData("a.wav", 30)]
    [InlineData("a.mp3", 30)]
    public async Task Lengths_at_the_limits_are_accepted(string name, double seconds) =>
        (await InspectAsync(Clips.Tone(_folder, name, seconds))).Message.ShouldBeNull();

    [Theory]
    [InlineData("a.wav", 1.5, "must be a WAV or MP3 audio file of 2 to 30 seconds; got 1.5 seconds")]
    [InlineData("a.wav", 30.5, "must be a WAV or MP3 audio file of 2 to 30 seconds; got 30.5 seconds")]
    [InlineData("a.wav", 90, "must be a WAV or MP3 audio file of 2 to 30 seconds; got 90 seconds")]
    public async Task Lengths_beyond_the_limits_are_refused(string name, double seconds, string message) =>
        (await InspectAsync(Clips.Tone(_folder, name, seconds))).Message.ShouldBe(message);

    [Theory]
    [InlineData("#EXTM3U\nhttp://127.0.0.1/a.mp3\n", "an HLS playlist")]
    [InlineData("ffconcat version 1.0\nfile /etc/passwd\n", "an ffconcat script")]
    [InlineData("RIFFxxxxAVI ", "AVI")]
    [InlineData("OggSxxxxxxxxx", "Ogg")]
    [InlineData("<html></html>", "HTML")]
    public async Task A_file_that_is_not_audio_is_named_without_starting_a_process(string text, string kind) =>
        (await LookAsync(Encoding.ASCII.GetBytes(text))).ShouldBe($"must be a WAV or MP3 audio file; got {kind} by its content");

    [Fact]
    public async Task Headers_without_data_are_refused_without_starting_a_process()
    {
        (await LookAsync("RIFF\x24\0\0\0WAVEfmt \x10\0\0\0"u8.ToArray())).ShouldNotBeNull().ShouldContain("no samples");
        (await LookAsync("RIFF\x24\0\0\0WAVEdata\x10\0\0\0"u8.ToArray())).ShouldNotBeNull().ShouldContain("how its samples are written");
        (await LookAsync([.. "ID3\x04\0\0\0\0\x7f\x7f"u8, .. new byte[3000]])).ShouldNotBeNull().ShouldContain("no MP3 frames");
        (await LookAsync([0xFF, 0xFB, 0x90, 0x00, .. new byte[3000]])).ShouldNotBeNull().ShouldContain("no MP3 frames");
    }

    [Fact]
    public async Task An_hour_declared_by_a_wave_header_over_a_thousand_bytes_is_not_trusted()
    {
        var wave = (await File.ReadAllBytesAsync(Clips.Tone(_folder, "tone.wav", 2), Ct))[..1100];
        BinaryPrimitives.WriteInt32LittleEndian(wave.AsSpan(wave.AsSpan().IndexOf("data"u8) + 4), 3600 * 44100 * 2);

        (await InspectAsync(_folder.Write("hour.wav", wave))).Message.ShouldBe("must be a WAV or MP3 audio file of 2 to 30 seconds; got 0.01 seconds");
    }

    [Fact]
    public async Task An_hour_declared_by_an_mp3_header_over_a_few_frames_is_not_trusted()
    {
        var sound = (await File.ReadAllBytesAsync(Clips.Tone(_folder, "tone.mp3", 2, "-q:a", "9", "-ac", "1"), Ct))[..2000];
        var header = sound.AsSpan().IndexOf("Xing"u8) is >= 0 and var at ? at : sound.AsSpan().IndexOf("Info"u8);
        BinaryPrimitives.WriteInt32BigEndian(sound.AsSpan(header + 8), 3600 * 44100 / 1152);

        (await InspectAsync(_folder.Write("hour.mp3", sound))).Message.ShouldNotBeNull().ShouldStartWith("must be a WAV or MP3 audio file of 2 to 30 seconds; got 0.");
    }

    [Fact]
    public async Task Ten_minutes_of_silence_in_few_bytes_are_too_long()
    {
        var path = _folder.Path("silence.mp3");
        Tool.Run("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono:d=600", "-b:a", "8k", path]);

        (await InspectAsync(path)).Message.ShouldNotBeNull().ShouldStartWith("must be a WAV or MP3 audio file of 2 to 30 seconds; got 60");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(null)]
    public async Task Damage_in_the_middle_of_an_mp3_is_measured(int? value)
    {
        var (path, bytes) = await DamageAsync(from: 0.4, to: 0.6, value);

        var verdict = await InspectAsync(path);

        verdict.Message.ShouldBeNull();
        verdict.LostSeconds.ShouldBe(bytes / 8000.0, 0.1);
        verdict.Seconds.ShouldBe(4 - verdict.LostSeconds, 0.15);
    }

    [Fact]
    public async Task An_mp3_of_which_more_than_half_is_damaged_is_refused()
    {
        var (path, _) = await DamageAsync(from: 0.1, to: 0.7, value: 0);

        (await InspectAsync(path)).Message.ShouldBe("must be a WAV or MP3 audio file that can be played; more than half of its audio is damaged");
    }

    [Fact]
    public async Task Tags_before_between_and_after_recordings_do_not_count_as_damage()
    {
        var sound = await File.ReadAllBytesAsync(Clips.Tone(_folder, "tone.mp3", 2, "-b:a", "64k", "-write_id3v1", "1", "-metadata", "title=" + new string('x', 5000)), Ct);

        var verdict = await InspectAsync(_folder.Write("two.mp3", [.. sound[..^128], .. sound]));

        (verdict.Message, verdict.LostSeconds).ShouldBe((null, 0));
        verdict.Seconds.ShouldBe(4, 0.2);
    }

    /// <summary>Four seconds, 64 kbit/s.</summary>
    private async Task<(string Path, int Bytes)> DamageAsync(double from, double to, int? value)
    {
        var bytes = await File.ReadAllBytesAsync(Clips.Tone(_folder, "tone.mp3", 4, "-b:a", "64k"), Ct);
        var part = bytes.AsSpan((int)(bytes.Length * from)..(int)(bytes.Length * to));
        if (value is { } same)
            part.Fill((byte)same);
        else
            new Random(1).NextBytes(part);
        return (_folder.Write("damaged.mp3", bytes), part.Length);
    }

    private async Task<string?> LookAsync(byte[] bytes) =>
        (await _withoutPrograms.AudioInspector.InspectAsync(_folder.Write("sound.mp3", bytes), Clips.SoundLimits, Ct)).Message;

    private Task<TimedMediaInspection> InspectAsync(string path) => _media.AudioInspector.InspectAsync(path, Clips.SoundLimits, Ct);
}
