namespace Kinema.Wan.Tests.Pipelines;

/// <summary>Generates videos with a pipeline.</summary>
internal static class Videos
{
    public static async Task<List<RgbImage>> Of(WanPipeline pipeline, WanRequest request)
    {
        var frames = new List<RgbImage>();
        await foreach (var frame in pipeline.GenerateAsync(request, TestContext.Current.CancellationToken))
            frames.Add(frame);
        return frames;
    }

    public static bool AreSame(List<RgbImage> one, List<RgbImage> other) =>
        one.Count == other.Count && one.Zip(other).All(pair => pair.First.Pixels.Span.SequenceEqual(pair.Second.Pixels.Span));
}
