using Kinema.TestSupport;

namespace Kinema.Contract.Tests;

/// <summary>A program of the page, word for word, with only base URL, key, image URL and callback URL changed.</summary>
internal sealed record SeedProgram(string Language, string File, string Interpreter)
{
    private const string PageBaseUrl = "https://api.runflow.io";
    private const string PageImageUrl = "https://public.runflow.io/images/models/_base/product-sneaker.png";
    private const string PageCallbackUrl = "https://your-server.com/webhook";
    private const string PageKey = "Bearer RUNFLOW_API_KEY";

    public static IReadOnlyList<SeedProgram> All { get; } =
    [
        // Debian's own python, because that is where python3-requests lands.
        new("Python", "seed.py", "/usr/bin/python3"),
        new("Node.js", "seed.mjs", "node"),
        new("cURL", "seed.sh", "bash"),
    ];

    public async Task<string> RunAsync(TestServer server, Uri image, Uri callback, CancellationToken ct)
    {
        var page = await System.IO.File.ReadAllTextAsync(Path.Combine(ProgramRun.Folder, File), ct);
        page.ShouldContain(PageBaseUrl);
        page.ShouldContain(PageImageUrl);
        page.ShouldContain(PageCallbackUrl);
        var mine = page
            .Replace(PageBaseUrl, server.Url.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
            .Replace(PageImageUrl, image.AbsoluteUri, StringComparison.Ordinal)
            .Replace(PageCallbackUrl, callback.AbsoluteUri, StringComparison.Ordinal)
            .Replace(PageKey, $"Bearer {server.Caller.Token}", StringComparison.Ordinal);

        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.FullPath, File);
        await System.IO.File.WriteAllTextAsync(path, mine, ct);
        return await ProgramRun.RunAsync(Interpreter, [path], ct, environment: new Dictionary<string, string> { ["RUNFLOW_API_KEY"] = server.Caller.Token });
    }
}
