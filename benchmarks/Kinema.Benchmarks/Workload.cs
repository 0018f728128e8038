namespace Kinema.Benchmarks;

/// <summary>The request of every create call: the page's example with a public image address that is never fetched.</summary>
internal static class Workload
{
    public const string ModelPath = "/v1/models/alibaba/wan/v2.7/image-to-video/runs";

    public const string Body = """
        {"input":{"prompt":"Product rotating slowly on a display pedestal, soft studio lighting, professional product photography","duration":5,
        "image_url":"https://example.com/product.png","resolution":"1080p"},"metadata":{"order":42}}
        """;

    /// <summary>The same request with another picture, one that is fetched.</summary>
    public static string BodyWith(Uri picture) => Body.Replace("https://example.com/product.png", picture.AbsoluteUri, StringComparison.Ordinal);
}
