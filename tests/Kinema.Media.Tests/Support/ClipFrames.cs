namespace Kinema.Media.Tests.Support;

/// <summary>Inspects a clip and reads it as the product does, with what the inspection found.</summary>
internal static class ClipFrames
{
    public static async Task<(TimedMediaInspection Verdict, List<byte[]> Frames)> ReadAsync(this MediaServices media, string path, int width, int height, CancellationToken ct, int framesPerSecond = 30)
    {
        var verdict = await media.VideoInspector.InspectAsync(path, Clips.ClipLimits, ct);
        verdict.Message.ShouldBeNull();
        var clip = Clips.Input(path, verdict.ContentType, verdict.Seconds, verdict.HasAudio) with { Details = verdict.Details };
        List<byte[]> frames = [];
        await foreach (var frame in media.Clips.ReadAsync(clip, width, height, framesPerSecond, ct))
            frames.Add(frame.ToArray());
        return (verdict, frames);
    }

    public static double Difference(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        one.Length.ShouldBe(other.Length);
        var sum = 0L;
        for (var i = 0; i < one.Length; i++)
            sum += Math.Abs(one[i] - other[i]);
        return sum / (double)one.Length;
    }
}
