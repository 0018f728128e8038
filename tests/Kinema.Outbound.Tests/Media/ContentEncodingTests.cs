using System.Net;
using Kinema.Outbound.Tests.Support;

namespace Kinema.Outbound.Tests.Media;

public sealed class ContentEncodingTests
{
    [Theory]
    [InlineData("aws-chunked")]
    [InlineData("AWS-Chunked, identity")]
    [InlineData("none")]
    [InlineData("identity")]
    [InlineData("UTF-8")]
    [InlineData("utf8")]
    [InlineData("ISO-8859-1")]
    [InlineData("binary")]
    [InlineData("8bit")]
    [InlineData("base64")]
    [InlineData("image/png")]
    [InlineData("\"identity\"")]
    [InlineData("x-unknown")]
    [InlineData("")]
    [InlineData(",")]
    public async Task A_content_encoding_that_encodes_nothing_is_ignored(string encoding)
    {
        await using var host = Answering(encoding);

        var (result, bytes) = await FetchAsync(host);

        result.ShouldBe(FetchResult.Fetched);
        bytes.ShouldBe("body"u8.ToArray());
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("GZIP", "gzip")]
    [InlineData("x-gzip", "x-gzip")]
    [InlineData("br", "br")]
    [InlineData("deflate", "deflate")]
    [InlineData("zstd", "zstd")]
    [InlineData("compress", "compress")]
    [InlineData("xz", "xz")]
    [InlineData("identity, gzip", "gzip")]
    [InlineData("aws-chunked,gzip", "gzip")]
    [InlineData("gzip,, br", "gzip, br")]
    [InlineData("image/png, gzip", "gzip")]
    [InlineData("gzip;q=1", "gzip")]
    [InlineData("\"gzip\"", "gzip")]
    [InlineData("aws-chunked\r\nContent-Encoding: zstd", "zstd")]
    public async Task An_encoded_body_is_refused_by_the_name_of_its_coding_without_being_read(string encoding, string named)
    {
        await using var host = Answering(encoding);

        var (result, bytes) = await FetchAsync(host);

        result.Outcome.ShouldBe(FetchOutcome.Unreachable);
        result.Reason.ShouldBe(
            $"the host answered 200 with image/png, 4 bytes and Content-Encoding {named}, which is not decoded; "
            + "serve the file as it is to a request with Accept-Encoding: identity");
        bytes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("UTF-8", "body")]
    [InlineData("gzip", null)]
    public async Task The_answer_to_a_callback_is_kept_unless_it_is_encoded(string encoding, string? kept)
    {
        await using var receiver = Answering(encoding);
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"), (_, _) => ["8.8.8.8"]);
        guard.Dialer.MovedToLoopbackPort[IPAddress.Parse("8.8.8.8")] = receiver.Port;

        (await guard.SendAsync("http://public.test/")).ResponseBody.ShouldBe(kept);
    }

    private static LoopbackListener Answering(string encoding) =>
        LoopbackListener.Answering($"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Encoding: {encoding}\r\nContent-Length: 4\r\n\r\nbody");

    private static async Task<(FetchResult Result, byte[] Bytes)> FetchAsync(LoopbackListener host)
    {
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"));
        return await guard.FetchAsync($"http://127.0.0.1:{host.Port}/");
    }
}
