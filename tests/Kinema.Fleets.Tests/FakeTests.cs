using System.Diagnostics;
using Kinema.TestSupport;

namespace Kinema.Fleets.Tests;

/// <summary>The fakes with <c>/v1/videos</c>, tried with npm <c>openai</c> 6.49.0, whose calls are not ours.</summary>
public sealed class FakeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("vllm-omni", """{"statuses":["in_progress","completed"],"early":404,"content":"video/mp4","listed":[true],"deleted":"video.deleted","gone":404}""")]
    [InlineData("sglang", """{"statuses":["queued","completed"],"early":404,"content":"video/mp4","listed":[true],"deleted":"deleted","gone":404}""")]
    [InlineData("fastvideo", """{"statuses":["queued","completed"],"early":404,"content":"video/mp4","listed":[true],"deleted":"deleted","gone":404}""")]
    public async Task A_client_that_is_not_ours_gets_its_video(string dialect, string seen)
    {
        await using var fake = await FakeServer.StartAsync(dialect, "--running", "600");
        using var process = Process.Start(new ProcessStartInfo("node", [Repository.File("tests", "fakes", "try-openai.mjs"), fake.Url.AbsoluteUri, Samples.Photograph("cat")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (said, errors) = (process.StandardOutput.ReadToEndAsync(Ct), process.StandardError.ReadToEndAsync(Ct));
        await process.WaitForExitAsync(Ct).WaitAsync(TimeSpan.FromSeconds(60), Ct);

        (await said).Trim().ShouldBe(seen, await errors);
    }
}
