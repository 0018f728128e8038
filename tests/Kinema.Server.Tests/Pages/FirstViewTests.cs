using System.IO.Compression;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Pages;

/// <summary>What a browser with an empty cache loads for a page.</summary>
public sealed class FirstViewTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const int MaxBytes = 60_000;
    private const string Model = "/models/alibaba/wan/v2.7/image-to-video";

    /// <summary>A page that is the same for everybody; those with a visitor are never packed.</summary>
    private const string Kept = Model + "?tab=docs";

    [Theory]
    [InlineData("/models")]
    [InlineData(Model)]
    [InlineData(Kept)]
    [InlineData("/concepts/callbacks")]
    [InlineData("/docs")]
    [InlineData("/docs/api")]
    public async Task It_is_at_most_60_KB(string path)
    {
        using var reader = shared.Server.CreateClient();
        var (bytes, html) = await LoadAsync(reader, path);
        var parts = PageLinks.Loaded(html).ToList();
        foreach (var part in parts)
            bytes += (await LoadAsync(reader, part)).Bytes;

        parts.ShouldContain(part => part.StartsWith("/pages/kinema.css", StringComparison.Ordinal));
        bytes.ShouldBeInRange(2_000, MaxBytes);
    }

    [Fact]
    public async Task Pages_and_style_sheet_come_packed_where_the_browser_takes_it()
    {
        using var reader = shared.Server.CreateClient();
        var plain = await reader.GetAsync(Kept, Ct);
        var packed = await GetAsync(reader, Kept, "br;q=1.0, gzip;q=0.8");
        var refused = await GetAsync(reader, Kept, "gzip;q=0");

        plain.Content.Headers.ContentEncoding.ShouldBeEmpty();
        packed.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        refused.Content.Headers.ContentEncoding.ShouldBeEmpty();
        foreach (var response in new[] { plain, packed, refused })
        {
            response.Headers.Vary.ShouldBe(["Accept", "Accept-Encoding"]);
            response.Headers.ETag.ShouldBe(plain.Headers.ETag);
        }

        (await UnpackAsync(packed)).ShouldBe(await plain.Content.ReadAsStringAsync(Ct));
        packed.Content.Headers.ContentLength!.Value.ShouldBeLessThan(plain.Content.Headers.ContentLength!.Value / 2);
    }

    private static async Task<(long Bytes, string Text)> LoadAsync(HttpClient reader, string path)
    {
        var response = await GetAsync(reader, path, "gzip, deflate");
        response.EnsureSuccessStatusCode();
        var headers = $"{response.Headers}{response.Content.Headers}";
        return ((await response.Content.ReadAsByteArrayAsync(Ct)).Length + headers.Length, await UnpackAsync(response));
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient reader, string path, string encodings)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.ParseAdd(encodings);
        return reader.SendAsync(request, Ct);
    }

    private static async Task<string> UnpackAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStreamAsync(Ct);
        var isPacked = response.Content.Headers.ContentEncoding.Contains("gzip");
        using var text = new StreamReader(isPacked ? new GZipStream(body, CompressionMode.Decompress) : body);
        return await text.ReadToEndAsync(Ct);
    }
}
