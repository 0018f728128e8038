using System.Buffers.Binary;
using System.Runtime.Versioning;
using Kinema.Media.Tests.Support;

namespace Kinema.Media.Tests.AudioVideo;

[UnsupportedOSPlatform("windows")]
public sealed class LastPictureTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly MediaServices _media = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(12, 0)]
    [InlineData(12, 1)]
    [InlineData(25, 0)]
    [InlineData(25, 1)]
    [InlineData(30, 0)]
    [InlineData(30, 1)]
    [InlineData(60, 1)]
    public async Task The_last_picture_is_read_although_its_sample_lasts_a_tick_or_none(int rate, int ticks)
    {
        string[] tagged = [.. Clips.X264, "-bf", "0", "-colorspace", "bt709", "-color_range", "tv", "-crf", "10"];
        var whole = Clips.Make(_folder, "whole.mp4", rate: rate, more: tagged);
        var path = _folder.Write("clip.mp4", Mp4Bytes.Rewrite(await File.ReadAllBytesAsync(whole, Ct), "stts", times => LastLasts(times, ticks)));

        var (verdict, frames) = await _media.ReadAsync(path, 320, 240, Ct);

        verdict.Seconds.ShouldBe(2, 0.05);
        var decoded = Tool.Decode(whole);
        ClipFrames.Difference(frames[^1], decoded.AsSpan()[^frames[0].Length..]).ShouldBeLessThan(0.5);
    }

    [Theory]
    [InlineData(24, 16)]
    [InlineData(24, 30)]
    [InlineData(25, 24)]
    [InlineData(48, 30)]
    [InlineData(50, 30)]
    [InlineData(60, 16)]
    [InlineData(60, 24)]
    [InlineData(60, 30)]
    [InlineData(120, 30)]
    public async Task The_last_picture_is_the_last_frame_whatever_the_rates(int rate, int framesPerSecond)
    {
        var path = Clips.Make(_folder, "whole.mp4", rate: rate, more: [.. Clips.X264, "-bf", "0", "-colorspace", "bt709", "-color_range", "tv", "-crf", "10"]);

        var (_, frames) = await _media.ReadAsync(path, 320, 240, Ct, framesPerSecond);

        frames.Count.ShouldBe(2 * framesPerSecond);
        ClipFrames.Difference(frames[^1], Tool.Decode(path).AsSpan()[^frames[0].Length..]).ShouldBeLessThan(0.5);
    }

    /// <summary>The time-to-sample box (ISO/IEC 14496-12, 8.6.1.2) of one run of equal samples becomes two, the second of the last sample.</summary>
    private static byte[] LastLasts(byte[] times, int ticks)
    {
        BinaryPrimitives.ReadInt32BigEndian(times.AsSpan(4)).ShouldBe(1);
        var samples = BinaryPrimitives.ReadInt32BigEndian(times.AsSpan(8));
        var two = new byte[24];
        BinaryPrimitives.WriteInt32BigEndian(two.AsSpan(4), 2);
        BinaryPrimitives.WriteInt32BigEndian(two.AsSpan(8), samples - 1);
        times.AsSpan(12, 4).CopyTo(two.AsSpan(12));
        BinaryPrimitives.WriteInt32BigEndian(two.AsSpan(16), 1);
        BinaryPrimitives.WriteInt32BigEndian(two.AsSpan(20), ticks);
        return two;
    }
}
