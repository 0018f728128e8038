using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Kinema.Benchmarks;

/// <summary>Loads a page as a browser with an empty cache does.</summary>
internal sealed partial class FirstView : IDisposable
{
    private readonly HttpClient _http;

    public FirstView(Uri server)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server };
        _http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, deflate");
    }

    public Task<byte[]> ReadAsync(string path) => _http.GetByteArrayAsync(new Uri(path, UriKind.Relative));

    /// <summary>Bytes of the page, its style, its scripts and its pictures, with the headers of the answers.</summary>
    public async Task<long> CountAsync(string path)
    {
        var (bytes, html) = await LoadAsync(path);
        foreach (var part in Part().Matches(html).Select(match => match.Groups[1].Value).Distinct())
            bytes += (await LoadAsync(part)).Bytes;
        return bytes;
    }

    public void Dispose() => _http.Dispose();

    private async Task<(long Bytes, string Text)> LoadAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative));
        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadAsByteArrayAsync();
        var isPacked = response.Content.Headers.ContentEncoding.Contains("gzip");
        using var text = new StreamReader(isPacked ? new GZipStream(new MemoryStream(body), CompressionMode.Decompress) : new MemoryStream(body));
        return (body.Length + response.Headers.ToString().Length + response.Content.Headers.ToString().Length, await text.ReadToEndAsync());
    }

    [GeneratedRegex("(?:rel=\"stylesheet\" href|src)=\"(/[^\"]*)\"")]
    private static partial Regex Part();
}
