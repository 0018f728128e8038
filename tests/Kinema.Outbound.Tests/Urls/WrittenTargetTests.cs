using Kinema.Outbound.Tests.Support;

namespace Kinema.Outbound.Tests.Urls;

/// <summary>Path and query reach the host byte for byte: as media, through a redirect, and as a callback.</summary>
public sealed class WrittenTargetTests
{
    public static TheoryData<string> Targets =>
    [
        "/",
        "/a.png",
        "/a%7Eb.png?x=%7E",
        "/a%2Db%2db.png?x=%2D&y=%2d",
        "/%41%5f%2E.png",
        "/%e4%bd%a0%E5%A5%BD.png?name=%c3%a4",
        "/a%2Fb%2fc.png?path=%2f%2F",
        "/a/../b/./c.png",
        "/a/%2e%2e/%2E/b.png",
        "/../../a.png",
        "/a//b///c.png",
        "//a.png",
        "/a.png?",
        "/a.png??x=?",
        "/a.png?x=a+b&y=a%20b&z=%2B",
        "/a!b$c&d'e(f)g*h+i,j;k=l:m@n.png?!$'()*,;:@/?",
        "/{a}|b^c`d\"<e>[f].png?{}|^`\"<>[]",
        "/100%/%zz/%4.png?%",
        "/%00%0d%0a%09%20%5c%23.png?%0D%0AHost:%20x",
        "/bucket/key%20with%20space.png?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=key%2F20300101%2F1%2F2&X-Amz-SignedHeaders=host",
        "/bucket/a~b.png?GoogleAccessId=x%40y.iam.gserviceaccount.com&Expires=1&Signature=a%2Bb%2Fc%3D%3D",
        "/a.png?OSSAccessKeyId=x.y&Expires=1&Signature=aB%2b%2f%3d&x-oss-process=image%2F,w_100",
    ];

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task A_signature_over_the_written_bytes_of_a_media_URL_holds(string target)
    {
        var signed = Presigned.Sign(target);
        await using var store = Presigned.Store();
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"));
        var url = $"http://127.0.0.1:{store.Port}{signed}";

        guard.Urls.RefuseMedia(url).ShouldBeNull();
        (await guard.FetchAsync(url)).Result.ShouldBe(FetchResult.Fetched);
        store.Requests.ShouldHaveSingleItem().ShouldStartWith($"GET {signed} HTTP/1.1\r\n");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task A_signature_holds_through_an_absolute_redirect(string target)
    {
        await using var store = Presigned.Store("127.0.0.2");
        await using var start = LoopbackListener.Answering(LoopbackListener.Redirect($"http://127.0.0.2:{store.Port}{Presigned.Sign(target)}"));
        await using var guard = new Guard(Guard.Opening("127.0.0.0/8"));

        (await guard.FetchAsync($"http://127.0.0.1:{start.Port}/")).Result.ShouldBe(FetchResult.Fetched);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task A_signature_over_the_written_bytes_of_a_callback_URL_holds(string target)
    {
        await using var store = Presigned.Store();
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"));
        var url = $"http://127.0.0.1:{store.Port}{Presigned.Sign(target)}";

        guard.Urls.RefuseCallback(url).ShouldBeNull();
        (await guard.SendAsync(url)).HttpStatusCode.ShouldBe(200);
    }

    [Theory]
    [InlineData("", "/")]
    [InlineData("?a=b", "/?a=b")]
    [InlineData("#top", "/")]
    [InlineData("?a=b#c?d", "/?a=b")]
    [InlineData("/a.png#/../b?c", "/a.png")]
    [InlineData("/ä.png?ü=€&x=😀", "/%C3%A4.png?%C3%BC=%E2%82%AC&x=%F0%9F%98%80")]
    [InlineData("/a\u0308\u200e.png", "/a%CC%88%E2%80%8E.png")]
    [InlineData("/a@b:c.png?u=http://user:pw@10.0.0.1/", "/a@b:c.png?u=http://user:pw@10.0.0.1/")]
    public async Task What_cannot_stand_in_a_request_line_is_left_out_or_escaped(string written, string sent)
    {
        await using var host = LoopbackListener.Answering(LoopbackListener.Ok("x"));
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"));

        await guard.FetchAsync($"http://127.0.0.1:{host.Port}{written}");
        await guard.SendAsync($"http://127.0.0.1:{host.Port}{written}");

        host.Requests[0].ShouldStartWith($"GET {sent} HTTP/1.1\r\n");
        host.Requests[1].ShouldStartWith($"POST {sent} HTTP/1.1\r\n");
    }

    [Theory]
    [InlineData("/a\r\nX-Injected: 1")]
    [InlineData("/a HTTP/1.1")]
    [InlineData("/a\tb")]
    [InlineData("/a\0b")]
    [InlineData("/ä")]
    [InlineData("/a#b")]
    public async Task A_target_that_breaks_the_request_line_leaves_by_no_handler(string target)
    {
        await using var host = LoopbackListener.Answering(LoopbackListener.Ok("x"));
        await using var guard = new Guard(options => options.Operator.Allow.Add("127.0.0.1/32"));
        using var invoker = new HttpMessageInvoker(guard.Handlers.CreateForOperator());
        var asWritten = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{host.Port}{target}", asWritten));

        var error = await Should.ThrowAsync<IOException>(() => invoker.SendAsync(request, TestContext.Current.CancellationToken));

        error.Message.ShouldBe("a path or query that would break the request line does not leave this server");
        host.Accepted.ShouldBe(0);
    }
}
