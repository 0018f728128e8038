using System.Runtime.Versioning;
using Kinema.Media.Tests.Support;

namespace Kinema.Media.Tests.AudioVideo;

[UnsupportedOSPlatform("windows")]
public sealed class ClipTrackTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly MediaServices _media = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("png", "attached_pic", "also holds a cover picture, left out")]
    [InlineData("mjpeg", "attached_pic", "also holds a cover picture, left out")]
    [InlineData("bmp", "attached_pic", "also holds a cover picture, left out")]
    [InlineData("png", "0", "also holds a further video track, left out")]
    [InlineData("mjpeg", "0", "also holds a further video track, left out")]
    [InlineData("mpeg2video", "0", "also holds a further video track, left out")]
    public async Task A_cover_or_another_video_track_before_the_moving_picture_is_left_out_and_noted(string codec, string disposition, string note)
    {
        var clip = Clips.Make(_folder, "clip.mp4", sound: true, more: [.. Clips.X264, "-colorspace", "bt709", "-color_range", "tv"]);
        var path = _folder.Path("cover.mp4");
        Tool.Run("ffmpeg", [
            "-v", "error", "-f", "lavfi", "-i", "color=green:s=480x480:r=25:d=0.04", "-i", clip, "-map", "0:v", "-map", "1", "-c", "copy", "-c:v:0", codec,
            "-disposition:v:0", disposition, path]);

        var (verdict, frames) = await _media.ReadAsync(path, 320, 240, Ct);

        (verdict.Width, verdict.Height, verdict.HasAudio).ShouldBe((320, 240, true));
        verdict.Notes.ShouldBe([note]);
        InspectionRecord.Read(verdict.Details).Notes.ShouldBe([note]);
        frames.Count.ShouldBe(60);
        ClipFrames.Difference(frames[0], Tool.Decode(clip).AsSpan(0, frames[0].Length)).ShouldBeLessThan(0.5);
    }

    [Fact]
    public async Task A_cover_track_larger_than_a_video_may_be_is_left_out()
    {
        var path = _folder.Path("cover.mov");
        Tool.Run("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "color=green:s=5000x5000:d=0.04", "-i", Clips.Make(_folder, "clip.mp4"), "-map", "0", "-map", "1", "-c", "copy", "-c:v:0", "png", path]);

        var (verdict, _) = await _media.ReadAsync(path, 320, 240, Ct);

        (verdict.Width, verdict.Height).ShouldBe((320, 240));
    }

    [Fact]
    public async Task Timecode_and_subtitle_tracks_are_left_out_and_noted()
    {
        var words = _folder.Write("words.srt", "1\n00:00:00,000 --> 00:00:01,000\nHello\n"u8.ToArray());
        var path = _folder.Path("clip.mov");
        Tool.Run("ffmpeg", ["-v", "error", "-i", Clips.Make(_folder, "plain.mp4"), "-i", words, "-map", "0", "-map", "1", "-c", "copy", "-c:s", "mov_text", "-timecode", "01:00:00:00", path]);

        var (verdict, _) = await _media.ReadAsync(path, 320, 240, Ct);

        verdict.Notes.ShouldBe(["also holds a subtitle track and a data track, left out"]);
    }

    [Theory]
    [InlineData("damaged")]
    [InlineData("unread")]
    public async Task The_first_sound_track_that_can_be_decoded_is_heard(string first)
    {
        var path = _folder.Path("two.mov");
        Tool.Run("ffmpeg", [
            "-v", "error", "-i", Clips.Make(_folder, "clip.mp4"), "-f", "lavfi", "-i", "sine=300:r=48000:d=2", "-f", "lavfi", "-i", "sine=1500:r=48000:d=2", "-map", "0", "-map", "1", "-map", "2",
            "-c:v", "copy", "-c:a:0", first == "unread" ? "adpcm_ima_qt" : "aac", "-c:a:1", "aac", path]);
        if (first == "damaged")
        {
            var bytes = await File.ReadAllBytesAsync(path, Ct);
            foreach (var (at, size) in Clips.SoundPackets(path, from: -1, to: 3))
                bytes.AsSpan(at, size).Fill(0xFF);
            await File.WriteAllBytesAsync(path, bytes, Ct);
        }

        var verdict = await _media.VideoInspector.InspectAsync(path, Clips.ClipLimits, Ct);

        (verdict.Message, verdict.HasAudio, verdict.HasUndecodableAudio).ShouldBe((null, true, false));
        verdict.Notes.ShouldBe(["has 2 audio tracks, of which number 2 is heard: those before it cannot be decoded"]);
        var clip = Clips.Input(path, verdict.ContentType, verdict.Seconds, true) with { Details = verdict.Details };
        CountPeriods(await _media.Sounds.ReadAsync(clip, 48_000, 1, Ct)).ShouldBe(1500, 15);
        CountPeriods(await _media.EncodeAsync(_folder, clip, Ct)).ShouldBe(1500, 15);
    }

    /// <summary>Changes from below to above zero in the first second.</summary>
    private static double CountPeriods(float[] samples) => Enumerable.Range(1, 47_999).Count(i => samples[i - 1] < 0 && samples[i] >= 0);
}
