using System.Runtime.Versioning;
using System.Text;
using Kinema.Media.Tests.Support;

namespace Kinema.Media.Tests.AudioVideo;

[UnsupportedOSPlatform("windows")]
public sealed class SoundFileTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly MediaServices _media = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("zeros", 1044)]
    [InlineData("zeros", 60_000)]
    [InlineData("random", 5000)]
    [InlineData("text", 2000)]
    [InlineData("id3v1", 128)]
    [InlineData("ape", 70_000)]
    [InlineData("id3v2", 200_000)]
    public async Task An_mp3_behind_padding_junk_or_tags_is_read(string what, int bytes)
    {
        var junk = new byte[bytes];
        switch (what)
        {
            case "random": new Random(1).NextBytes(junk); break;
            case "text": Array.Fill(junk, (byte)'x'); break;
            case "id3v1": "TAG"u8.CopyTo(junk); break;
            case "ape":
                "APETAGEX"u8.CopyTo(junk);
                BitConverter.TryWriteBytes(junk.AsSpan(8), 2000);
                BitConverter.TryWriteBytes(junk.AsSpan(12), bytes - 32);
                BitConverter.TryWriteBytes(junk.AsSpan(20), 0xA0000000);
                break;
            case "id3v2": new byte[] { (byte)'I', (byte)'D', (byte)'3', 3, 0, 0, 0, (byte)((bytes - 10) >> 14), (byte)((bytes - 10) >> 7 & 127), (byte)((bytes - 10) & 127) }.CopyTo(junk, 0); break;
        }

        var sound = await File.ReadAllBytesAsync(Clips.Tone(_folder, "tone.mp3", 3, "-b:a", "64k", "-id3v2_version", "0", "-write_xing", "0"), Ct);

        var verdict = await InspectAsync(_folder.Write("junk.mp3", [.. junk, .. sound]));

        (verdict.Message, verdict.ContentType, verdict.LostSeconds).ShouldBe((null, "audio/mpeg", 0));
        verdict.Seconds.ShouldBe(3, 0.1);
    }

    [Fact]
    public async Task A_recorders_mp3_behind_zeros_is_read()
    {
        var verdict = await InspectAsync(CaseFiles.Path("m-zeros.mp3"));

        (verdict.Message, verdict.ContentType).ShouldBe((null, "audio/mpeg"));
        verdict.Seconds.ShouldBe(3, 0.1);
        (await _media.Sounds.ReadAsync(Clips.Input(CaseFiles.Path("m-zeros.mp3"), "audio/mpeg", verdict.Seconds, true), 8000, 10, Ct)).Length.ShouldBeInRange(23_200, 24_800);
    }

    [Theory]
    [InlineData("gif")]
    [InlineData("tiff")]
    [InlineData("bmp")]
    [InlineData("png")]
    public async Task A_cover_picture_of_any_kind_in_an_mp3_does_no_harm(string codec)
    {
        var path = _folder.Path("cover.mp3");
        Tool.Run("ffmpeg", [
            "-v", "error", "-i", Clips.Tone(_folder, "tone.wav", 3), "-f", "lavfi", "-i", "color=red:s=60x60:d=1:r=1", "-map", "0", "-map", "1",
            "-q:a", "4", "-c:v", codec, "-disposition:v", "attached_pic", "-id3v2_version", "3", path]);

        (await InspectAsync(path)).Message.ShouldBeNull();
    }

    [Fact]
    public async Task Random_bytes_are_not_an_mp3()
    {
        var bytes = new byte[100_000];
        new Random(2).NextBytes(bytes);
        bytes[0] = 0;

        (await InspectAsync(_folder.Write("noise.mp3", bytes))).Message.ShouldBe("must be a WAV or MP3 audio file; got an unknown format by its content");
    }

    [Fact]
    public async Task Whole_wave_files_after_the_first_are_reported_with_the_seconds_not_heard()
    {
        var verdict = await _media.AudioInspector.InspectAsync(CaseFiles.Path("short-joined3x0.5.wav"), Clips.SoundLimits with { MinSeconds = 0.2 }, Ct);

        (verdict.Message, verdict.UnheardSeconds).ShouldBe((null, 1));
        verdict.Seconds.ShouldBe(0.5, 0.01);
        InspectionRecord.Read(verdict.Details).Notes.ShouldBe(["holds 3 recordings one after the other; only the first is heard, 1 seconds are not"]);
    }

    [Theory]
    [InlineData("pcm_s16le", 1)]
    [InlineData("pcm_f32le", 2)]
    public async Task Joined_files_of_any_format_are_reported(string codec, int channels)
    {
        var one = await File.ReadAllBytesAsync(Clips.Tone(_folder, "one.wav", 2.5, "-c:a", codec, "-ac", $"{channels}"), Ct);
        var two = await File.ReadAllBytesAsync(Clips.Tone(_folder, "two.wav", 1.5, "-ar", "8000", "-rf64", "always"), Ct);

        var verdict = await InspectAsync(_folder.Write("joined.wav", [.. one, .. two]));

        (verdict.Message, verdict.UnheardSeconds).ShouldBe((null, 1.5));
        verdict.Seconds.ShouldBe(2.5, 0.01);
    }

    [Theory]
    [InlineData("RF64")]
    [InlineData("BW64")]
    [InlineData("RIFF")]
    public async Task Wave_files_with_long_sizes_are_read(string id)
    {
        var bytes = await File.ReadAllBytesAsync(Clips.Tone(_folder, "long.wav", 3, id == "RIFF" ? [] : ["-rf64", "always"]), Ct);
        Encoding.ASCII.GetBytes(id, bytes);
        var path = _folder.Write("named.wav", bytes);

        var verdict = await InspectAsync(path);

        (verdict.Message, verdict.ContentType, verdict.UnheardSeconds).ShouldBe((null, "audio/wav", 0));
        verdict.Seconds.ShouldBe(3, 0.01);
        (await _media.Sounds.ReadAsync(Clips.Input(path, "audio/wav", 3, true), 8000, 10, Ct)).Length.ShouldBeInRange(23_950, 24_050);
    }

    private Task<TimedMediaInspection> InspectAsync(string path) => _media.AudioInspector.InspectAsync(path, Clips.SoundLimits, Ct);
}
