using Kinema.Engines;
using Kinema.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Wan.Worker.Replays;

/// <summary>The difference of two encoded videos of one size.</summary>
/// <param name="Frames">Frames that both have.</param>
/// <param name="EqualFrames">Frames that are equal to the bit.</param>
/// <param name="Psnr">Peak signal-to-noise ratio over all samples, dB; null where all are equal.</param>
internal sealed record VideoDifference(int Frames, int EqualFrames, double? Psnr)
{
    private const double Peak = 255;

    public static async Task<VideoDifference> MeasureAsync(string first, string second, WanSettings settings, CancellationToken ct)
    {
        await using var services = new ServiceCollection().AddLogging().AddKinemaMedia().BuildServiceProvider();
        var reader = services.GetRequiredService<IVideoReader>();
        var (frames, equal, squares, samples) = (0, 0, 0.0, 0L);
        await using var others = Read(second).GetAsyncEnumerator(ct);
        await foreach (var frame in Read(first).WithCancellation(ct))
        {
            if (!await others.MoveNextAsync())
                break;

            var error = SquaredError(frame.Span, others.Current.Span);
            (frames, equal, squares, samples) = (frames + 1, equal + (error == 0 ? 1 : 0), squares + error, samples + frame.Length);
        }

        return new(frames, equal, squares == 0 ? null : 10 * Math.Log10(Peak * Peak * samples / squares));

        IAsyncEnumerable<ReadOnlyMemory<byte>> Read(string path) => reader.ReadAsync(
            new() { Path = path, Digest = "", ContentType = "video/mp4", SizeBytes = new FileInfo(path).Length }, settings.Width, settings.Height, settings.FramesPerSecond, ct);
    }

    private static double SquaredError(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        long sum = 0;
        for (var i = 0; i < one.Length; i++)
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        return sum;
    }
}
