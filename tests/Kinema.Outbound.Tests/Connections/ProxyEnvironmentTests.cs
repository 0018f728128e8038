using Kinema.Outbound.Tests.Support;

namespace Kinema.Outbound.Tests.Connections;

public sealed class ProxyEnvironmentTests(ProxyTrap trap)
{
    [Fact]
    public async Task The_proxy_variables_change_nothing()
    {
        await using var target = LoopbackListener.Answering(LoopbackListener.Ok("direct"), "127.0.0.2");
        await using var guard = new Guard(
            options =>
            {
                Guard.Opening("127.0.0.2/32")(options);
                options.Operator.Allow.Add("127.0.0.2/32");
            },
            (_, _) => ["127.0.0.2"]);

        (await guard.FetchAsync($"http://target.test:{target.Port}/")).Bytes.ShouldBe("direct"u8.ToArray());
        (await guard.SendAsync($"http://target.test:{target.Port}/")).HttpStatusCode.ShouldBe(200);
        (await GetAsync(guard.Handlers.CreateForOperator(), $"http://target.test:{target.Port}/")).ShouldBe("direct");
        (await guard.FetchAsync($"https://target.test:{target.Port}/")).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);
        (await guard.FetchAsync($"http://127.0.0.9:{target.Port}/")).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);

        target.Accepted.ShouldBe(4);
        trap.Accepted.ShouldBe(0);

        // Without this the test would also pass where nobody heeds the variables.
        (await GetAsync(new SocketsHttpHandler(), "http://target.test/")).ShouldBe("proxied");
        trap.Accepted.ShouldBe(1);
    }

    private static async Task<string> GetAsync(HttpMessageHandler handler, string url)
    {
        using var client = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
