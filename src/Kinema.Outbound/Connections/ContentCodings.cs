namespace Kinema.Outbound.Connections;

/// <summary>
/// Finds the content codings that change a body. <c>Content-Encoding</c> also holds values that encode nothing, such as <c>aws-chunked</c>, <c>base64</c>
/// for a decoded upload, or a character set: storage keeps whatever an upload named, and browsers ignore it.
/// </summary>
internal static class ContentCodings
{
    /// <summary>IANA's registry of content codings, and the compressors that are used under their own name without being registered.</summary>
    private static readonly HashSet<string> _codings = new(StringComparer.OrdinalIgnoreCase)
    {
        "aes128gcm", "br", "compress", "dcb", "dcz", "deflate", "exi", "gzip", "pack200-gzip", "x-compress", "x-gzip", "zstd",
        "brotli", "bzip2", "lz4", "lzma", "sdch", "snappy", "x-bzip2", "x-deflate", "x-lzma", "x-snappy", "x-xz", "xz",
    };

    /// <returns>Their names as IANA writes them, in the order in which the host applied them; empty for a plain body.</returns>
    public static IReadOnlyList<string> Of(HttpResponseMessage response) =>
        // The raw text: the typed header leaves out what is no token, and the whole line with it.
        response.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var lines)
            ? [.. lines.SelectMany(line => line.Split(',')).Select(NameOf).Where(_codings.Contains).Select(name => name.ToLowerInvariant())]
            : [];

    private static string NameOf(string value) => value.Split(';')[0].Trim(' ', '\t', '"', '\'');
}
