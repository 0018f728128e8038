using System.Runtime.Versioning;
using Kinema.Engines;
using Kinema.Media.Tests.Support;

namespace Kinema.Media.Tests.AudioVideo;

[UnsupportedOSPlatform("windows")]
public sealed class AudioReaderTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly MediaServices _media = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.wav", "audio/wav")]
    [InlineData("a.mp3", "audio/mpeg")]
    public async Task Audio_is_read_as_mono_at_the_requested_rate(string name, string type)
    {
        var samples = await _media.Sounds.ReadAsync(Clips.Input(Clips.Tone(_folder, name, 3, "-ac", "2"), type, 3, true), 16000, 10, Ct);

        samples.Length.ShouldBeInRange(47_900, 49_000);
        // A sine of an eighth of full scale, as ffmpeg makes it.
        samples.Max().ShouldBe(0.125f, 0.02f);
        samples.Min().ShouldBe(-0.125f, 0.02f);
    }

    [Fact]
    public async Task No_more_than_the_requested_duration_is_read() =>
        (await _media.Sounds.ReadAsync(Clips.Input(Clips.Tone(_folder, "a.wav", 5), "audio/wav", 5, true), 8000, 1.5, Ct)).Length.ShouldBe(12_000);

    [Fact]
    public async Task The_audio_of_a_video_is_read_too()
    {
        var clip = Clips.Make(_folder, "clip.mp4", sound: true);

        (await _media.Sounds.ReadAsync(Clips.Input(clip, "video/mp4", 2, true), 16000, 10, Ct)).Length.ShouldBeInRange(31_900, 32_800);
    }

    [Fact]
    public async Task Audio_that_starts_after_the_video_keeps_its_offset()
    {
        var clip = Clips.Make(_folder, "clip.mp4", seconds: 3);
        var path = _folder.Path("late.mp4");
        Tool.Run("ffmpeg", ["-v", "error", "-i", clip, "-itsoffset", "1", "-i", Clips.Tone(_folder, "a.wav", 1.5), "-c:v", "copy", "-c:a", "aac", path]);

        var samples = await _media.Sounds.ReadAsync(Clips.Input(path, "video/mp4", 3, true), 16000, 10, Ct);

        samples[..15_000].Max(Math.Abs).ShouldBeLessThan(0.01f);
        samples[17_000..30_000].Max(Math.Abs).ShouldBeGreaterThan(0.1f);
    }

    [Fact]
    public async Task A_file_without_audio_fails_as_invalid()
    {
        var clip = Clips.Make(_folder, "clip.mp4");

        (await Should.ThrowAsync<EngineException>(() => _media.Sounds.ReadAsync(Clips.Input(clip, "video/mp4", 2, true), 16000, 10, Ct))).Code
            .ShouldBe("INPUT_MEDIA_INVALID");
    }
}
