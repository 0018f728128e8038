using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Kinema.Server.Tests.Http;

/// <summary>A request without a valid key, drawn at random around the routes that exist.</summary>
/// <param name="Text">The request as it is sent, one character for each byte.</param>
internal sealed partial record RandomRequest(string Method, string Text, bool IsCutShort)
{
    private static readonly string[] _methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get", "FOO"];

    private static readonly string[] _pieces =
    [
        "", "0", "-1", "1", "5.0", "1e9", "9223372036854775807", "9223372036854775808", "99999999999999999999", "4102444800", "NaN", "null", "true", "%00", "%0a", "%0D%0A", "%2F", "%2e%2e",
        "..", ".", "%", "%%", "%zz", "%C3%A9", "%ED%A0%80", "%FF", "%F0%9F%8E%AC", "+", "%2B", "=", "!", "'", "\"", "<x>", "{}", "[]", "*", "~", ";", ":", "@", "a,b", "\u00ff", "\\", "|",
        "00000000-0000-0000-0000-000000000000", "019d6a63-8400-7000-8000-0000000000b2", "{019d6a63-8400-7000-8000-0000000000b2}", "runs", "video.mp4", "alibaba/wan/v2.7/image-to-video",
    ];

    private static readonly string[] _queryNames = ["expires", "signature", "limit", "after", "cursor", "status", "order", "client_ref", "created_after", "x", "", "%00", "expires[]"];

    private static readonly string[] _headers =
    [
        "Range", "If-Range", "If-None-Match", "If-Match", "If-Modified-Since", "If-Unmodified-Since", "Authorization", "X-Organization-Id", "Content-Type", "Content-Encoding", "Accept",
        "Accept-Encoding", "Last-Event-ID", "Kinema-Source", "Expect", "Cookie", "Upgrade", "Origin", "X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "TE", "Runflow-Request-Id", "Date",
    ];

    private static readonly string[] _headerValues =
    [
        "bytes=0-9", "bytes=9-0", "bytes=-5", "bytes=0-0,2-3", "bytes=99999999999999999999-", "\"x\"", "W/\"x\"", "*", "Sun, 06 Nov 1994 08:49:37 GMT", "Bearer", "Bearer ", "Bearer rf_live_x",
        "Basic eA==", "application/json", "application/json; charset=utf-16", "multipart/form-data; boundary=x", "image/png", "gzip", "identity", "100-continue", "websocket", "h2c", "trailers",
    ];

    private static readonly string[] _bodies =
    [
        "", "{", "{}", "null", "[]", "\"\\ud800\"", "{\"a\":1,\"a\":2}", "{\"input\":{}}", "{\"input\":{\"image_url\":\"data:image/png;base64,AAAA\"}}", "\u0000\u00ff\u00fe", "a=b&c=d",
        "{\"filename\":\"x\",\"mime_type\":\"image/png\",\"size_bytes\":1e400}",
    ];

    /// <param name="random">Decides everything.</param>
    /// <param name="routes">Methods and patterns of the server's routes.</param>
    /// <param name="links">Paths with queries that the server signed, for things that do not exist and for things that do.</param>
    public static RandomRequest Draw(Random random, IReadOnlyList<(string Method, string Pattern)> routes, IReadOnlyList<string> links)
    {
        var (ownMethod, pattern) = Pick(routes);
        var isLink = random.Next(4) == 0;
        var target = isLink ? Damage(Pick(links)) : Fill(pattern) + Query();
        var method = random.Next(3) > 0 ? (isLink ? Pick(["GET", "HEAD", "PUT"]) : ownMethod) : Pick(_methods);
        var body = Body();
        var text = new StringBuilder($"{method} {target} HTTP/1.1\r\nHost: {(random.Next(50) == 0 ? Pick(_pieces) : "localhost")}\r\n");
        for (var i = random.Next(4); i > 0; i--)
            text.Append(CultureInfo.InvariantCulture, $"{Pick(_headers)}: {(random.Next(3) == 0 ? Pick(_pieces) : Pick(_headerValues))}\r\n");

        var isChunked = random.Next(6) == 0;
        var isCutShort = random.Next(20) == 0;
        if (isChunked)
            text.Append(CultureInfo.InvariantCulture, $"Transfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n{(body.Length > 0 ? "0\r\n\r\n" : "\r\n")}");
        else if (body.Length > 0 || isCutShort)
            text.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length + (isCutShort ? 5 : 0)}\r\n\r\n{body}");
        else
            text.Append("\r\n");
        return new(method, text.ToString(), isCutShort);

        string Fill(string route) => Parameter().Replace(route, _ => string.Concat(Enumerable.Range(0, random.Next(1, 3)).Select(_ => Pick(_pieces))))
            + (random.Next(8) == 0 ? "/" + Pick(_pieces) : "");

        string Query() => random.Next(2) == 0
            ? ""
            : "?" + string.Join('&', Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"{Pick(_queryNames)}={Pick(_pieces)}{(random.Next(20) == 0 ? new string('a', 5000) : "")}"));

        string Damage(string link)
        {
            for (var i = random.Next(3); i > 0; i--)
            {
                var at = random.Next(link.Length);
                link = string.Concat(link.AsSpan(0, at), Pick(_pieces), link.AsSpan(Math.Min(link.Length, at + random.Next(3))));
            }

            return link;
        }

        string Body()
        {
            if (random.Next(2) == 0)
                return "";

            return random.Next(5) == 0 ? Encoding.Latin1.GetString(Bytes(random.Next(2000))) : Pick(_bodies);
        }

        byte[] Bytes(int count)
        {
            var bytes = new byte[count];
            random.NextBytes(bytes);
            return bytes;
        }

        T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
