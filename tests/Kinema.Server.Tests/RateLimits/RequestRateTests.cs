using System.Globalization;
using System.Net;
using Kinema.Server.RateLimits;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.RateLimits;

public sealed class RequestRateTests
{
    [Fact]
    public async Task Every_answer_says_what_is_left_also_a_refusal_and_an_unknown_address()
    {
        await using var server = await TestServer.StartAsync(["Worker:Enabled=false", "Server:RequestsPerMinute=6", "Server:AnonymousRequestsPerMinute=6"]);
        using var anybody = server.CreateClient();

        Left(await server.Client.GetAsync("/v1/runs", Ct)).ShouldBe(("6", "5"));
        Left(await server.Client.GetAsync($"/v1/runs/{Guid.Empty}", Ct)).ShouldBe(("6", "4"));
        Left(await server.Client.GetAsync("/v1/nowhere", Ct)).ShouldBe(("6", "3"));
        var wrong = await server.Client.PostAsync(SharedServer.RunsPath, Json("{"), Ct);
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        Left(wrong).ShouldBe(("6", "2"));
        var unauthorized = await anybody.GetAsync("/v1/runs", Ct);
        unauthorized.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        Left(unauthorized).ShouldBe(("6", "5"));

        var reset = long.Parse(Header(wrong, "X-RateLimit-Reset")!, CultureInfo.InvariantCulture) - TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        reset.ShouldBeInRange(0, 61);
    }

    [Fact]
    public async Task Beyond_the_rate_an_organisation_is_429_and_the_others_are_served()
    {
        await using var server = await TestServer.StartAsync(["Worker:Enabled=false", "Server:RequestsPerMinute=3"]);
        var other = await server.AddCallerAsync();
        for (var i = 0; i < 3; i++)
            (await server.Client.GetAsync("/v1/runs", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var refused = await server.Client.GetAsync("/v1/runs", Ct);
        await refused.ShouldBeErrorAsync(HttpStatusCode.TooManyRequests, "RATE_LIMITED");
        Left(refused).ShouldBe(("3", "0"));
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(21));
        (await other.Client.GetAsync("/v1/runs", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task After_the_time_that_the_refusal_names_the_next_request_is_served()
    {
        await using var server = await TestServer.StartAsync(["Worker:Enabled=false", "Server:RequestsPerMinute=60"]);
        HttpResponseMessage answer;
        do
            answer = await server.Client.GetAsync("/v1/assets/types", Ct);
        while (answer.StatusCode == HttpStatusCode.OK);

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        await Task.Delay(answer.Headers.RetryAfter!.Delta!.Value, Ct);
        (await server.Client.GetAsync("/v1/assets/types", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Callers_without_a_key_are_limited_together_and_do_not_limit_those_with_one()
    {
        await using var server = await TestServer.StartAsync(["Worker:Enabled=false", "Server:AnonymousRequestsPerMinute=2"]);
        using var anybody = server.CreateClient();
        using var wrong = server.CreateClient("rf_live_unknown");
        await anybody.GetAsync("/v1/public/models", Ct);
        await wrong.GetAsync("/v1/runs", Ct);

        await (await anybody.GetAsync("/v1/public/models", Ct)).ShouldBeErrorAsync(HttpStatusCode.TooManyRequests, "RATE_LIMITED");
        await (await wrong.GetAsync("/v1/runs", Ct)).ShouldBeErrorAsync(HttpStatusCode.TooManyRequests, "RATE_LIMITED");
        (await server.Client.GetAsync("/v1/runs", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Probes_and_signed_files_neither_count_nor_carry_the_headers()
    {
        await using var server = await TestServer.StartAsync(["Worker:Enabled=false", "Server:AnonymousRequestsPerMinute=1", "Server:RequestsPerMinute=1"]);
        using var anybody = server.CreateClient();
        for (var i = 0; i < 5; i++)
        {
            foreach (var path in new[] { "/v1/health", "/v1/readiness", $"/v1/files/assets/{Guid.Empty}/{Guid.Empty}?expires=1&signature=a" })
            {
                var response = await anybody.GetAsync(path, Ct);
                response.StatusCode.ShouldNotBe(HttpStatusCode.TooManyRequests);
                Header(response, "X-RateLimit-Limit").ShouldBeNull();
            }
        }
    }

    [Fact]
    public async Task Without_a_limit_there_are_no_headers()
    {
        await using var server = await TestServer.StartAsync(["Worker:Enabled=false", "Server:RequestsPerMinute=0"]);
        Header(await server.Client.GetAsync("/v1/runs", Ct), "X-RateLimit-Limit").ShouldBeNull();
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::ffff:1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    public void Addresses_of_one_network_share_a_bucket(string one, string other) =>
        RequestRates.BucketOf(IPAddress.Parse(one)).ShouldBe(RequestRates.BucketOf(IPAddress.Parse(other)));

    [Fact]
    public void Networks_are_spread_over_many_buckets() =>
        Enumerable.Range(0, 256).Select(i => RequestRates.BucketOf(IPAddress.Parse($"192.0.2.{i}"))).Distinct().Count().ShouldBeGreaterThan(128);

    private static (string? Limit, string? Remaining) Left(HttpResponseMessage response) =>
        (Header(response, "X-RateLimit-Limit"), Header(response, "X-RateLimit-Remaining"));

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}
