using System.Text;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Browser;

/// <summary>A page in a real browser, served from another origin than the API.</summary>
public sealed class PageOfAnotherOriginTests
{
    /// <summary>The page tells its own server what came of it, in the path of a request.</summary>
    private const string Report = "/report/";

    private const string Upload = """
        const bytes = new Uint8Array(await (await fetch("/cat-451x300.png")).arrayBuffer());
        const call = async (path, body) => {
          const headers = {Authorization: "Bearer " + key, "Content-Type": "application/json"};
          const answer = await fetch(api + path, {method: "POST", headers, body: JSON.stringify(body)});
          return [answer.status, await answer.json()];
        };
        const [announced, upload] = await call("v1/asset-uploads", {filename: "cat.png", mime_type: "image/png", size_bytes: bytes.length});
        const put = await fetch(upload.upload_url, {method: "PUT", headers: {"Content-Type": "image/png"}, body: bytes});
        const [confirmed, asset] = await call(`v1/asset-uploads/${upload.asset_id}/confirmations`, {});
        const part = await fetch(asset.url, {headers: {Range: "bytes=0-9", "If-None-Match": '"another"'}});
        const head = await fetch(asset.url, {method: "HEAD"});
        const picture = new Image();
        picture.crossOrigin = "anonymous";
        picture.src = asset.url;
        await picture.decode();
        const length = (await part.arrayBuffer()).byteLength;
        return [announced, put.status, confirmed, part.status, part.headers.get("Content-Range"), length, head.headers.get("Accept-Ranges"), picture.naturalWidth].join(" ");
        """;

    [Fact]
    public async Task It_uploads_a_picture_reads_a_part_of_it_and_shows_it()
    {
        await using var files = await FileServer.StartAsync();
        await using var server = await TestServer.StartAsync([$"Server:CorsOrigins:0={files.Url.GetLeftPart(UriPartial.Authority)}", "Worker:Enabled=false"]);
        var size = new FileInfo(Samples.Photograph("cat")).Length;
        (await RunAsync(files, server, Upload)).ShouldBe($"201 200 201 206 bytes 0-9|{size} 10 bytes 451");
    }

    [Fact]
    public async Task It_cannot_call_the_API_that_does_not_list_its_origin()
    {
        await using var files = await FileServer.StartAsync();
        await using var server = await TestServer.StartAsync(["Worker:Enabled=false"]);
        (await RunAsync(files, server, Upload)).ShouldStartWith("TypeError");
    }

    private static async Task<string> RunAsync(FileServer files, TestServer server, string script)
    {
        Assert.SkipWhen(HeadlessBrowser.Find() is null, "No Chromium is installed.");
        var page = $$"""
            <!doctype html><title>test</title><script type="module">
            const api = "{{server.Url}}", key = "{{server.Caller.Token}}";
            const report = text => fetch("{{Report}}" + encodeURIComponent(String(text).replaceAll("/", "|")));
            const run = async () => { {{script}} };
            run().then(report, report);
            </script>
            """;
        using var browser = HeadlessBrowser.Open(HeadlessBrowser.Find()!, files.Put("page.html", Encoding.UTF8.GetBytes(page), "text/html"));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            if (files.Requests.FirstOrDefault(path => path.StartsWith(Report, StringComparison.Ordinal)) is { } reported)
                return Uri.UnescapeDataString(reported[Report.Length..]);
            await Task.Delay(50, limit.Token);
        }
    }
}
