using System.Net;
using System.Text.Json.Nodes;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Runs;

/// <summary>The lists below a run take the same grammar as the list of runs.</summary>
public sealed class LogAndDeliveryListTests(LogAndDeliveryListTests.DeliveredRun run) : IClassFixture<LogAndDeliveryListTests.DeliveredRun>
{
    private HttpClient Client => run.Server.Client;

    [Fact]
    public async Task Log_lines_are_filtered_sorted_projected_and_paged_in_both_directions()
    {
        var whole = await GetAsync("logs");
        var ids = Ids(whole);
        ids.Count.ShouldBeGreaterThanOrEqualTo(3);
        ids.ShouldBe(ids.Order());
        whole["items"]![0]!.AsObject().Select(member => member.Key).ShouldBe(["id", "run_id", "level_code", "message", "timestamp", "meta", "run"]);

        Ids(await GetAsync("logs?sort_by=id:desc")).ShouldBe(ids.OrderDescending());
        Ids(await GetAsync($"logs?q=id>{ids[0]} AND timestamp>2020-01-01")).ShouldBe(ids.Skip(1));
        Ids(await GetAsync("logs?q=level_code:none")).ShouldBeEmpty();
        var first = await GetAsync("logs?limit=2&fields=id");
        first["items"]![0]!.AsObject().Select(member => member.Key).ShouldBe(["id"]);
        var second = await GetAsync($"logs?limit=2&pq={first["next"].Text()}");
        Ids(second).ShouldBe(ids.Skip(2).Take(2));
        Ids(await GetAsync($"logs?limit=2&pq={second["prev_pq"].Text()}")).ShouldBe(ids.Take(2));
    }

    [Fact]
    public async Task Deliveries_stay_a_bare_array_whose_pages_are_linked_by_a_header()
    {
        var whole = JsonNode.Parse(await Client.GetStringAsync(Path("callback"), Ct))!.AsArray();
        whole.Select(delivery => delivery!["is_automatic"]!.GetValue<bool>()).ShouldBe([false, false, true]);

        var response = await Client.GetAsync(Path("callback?q=status_code:delivered&sort_by=created_at&limit=2&fields=id"), Ct);
        var first = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!.AsArray();
        first.Select(delivery => delivery!.ToJsonString()).ShouldBe([$$"""{"id":"{{whole[2]!["id"]}}"}""", $$"""{"id":"{{whole[1]!["id"]}}"}"""]);
        var link = response.Headers.GetValues("Link").ShouldHaveSingleItem();
        link.ShouldEndWith("; rel=\"next\"");

        var next = await Client.GetAsync(link.Split('<', '>')[1], Ct);
        JsonNode.Parse(await next.Content.ReadAsStringAsync(Ct))!.AsArray().ShouldHaveSingleItem()!["id"].Text().ShouldBe(whole[0]!["id"].Text());
        next.Headers.GetValues("Link").ShouldHaveSingleItem().ShouldEndWith("; rel=\"prev\"");
        (await Client.GetAsync(Path("callback"), Ct)).Headers.Contains("Link").ShouldBeFalse();
    }

    [Theory]
    [InlineData("logs", "q=colour:red", "q")]
    [InlineData("logs", "sort_by=message", "sort_by")]
    [InlineData("logs", "pq=1", "pq")]
    [InlineData("callback", "q=payload:1", "q")]
    [InlineData("callback", "fields=body", "fields")]
    [InlineData("callback", "limit=0", "limit")]
    public async Task A_parameter_that_cannot_be_followed_is_refused_by_its_name(string list, string query, string parameter)
    {
        var error = await (await Client.GetAsync(Path($"{list}?{query}"), Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
        error["errors"]![0]!["loc"]!.AsArray().Select(step => step.Text()).ShouldBe(["query", parameter]);
    }

    private string Path(string part) => $"/v1/runs/{run.RunId}/{part}";

    private async Task<JsonObject> GetAsync(string part)
    {
        var response = await Client.GetAsync(Path(part), Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Ct));
        return await response.ReadJsonAsync();
    }

    private static List<long> Ids(JsonObject page) => [.. page["items"]!.AsArray().Select(line => line!["id"]!.GetValue<long>())];

    /// <summary>A run that said something, whose callback was sent three times.</summary>
    public sealed class DeliveredRun : IAsyncLifetime
    {
        private CallbackReceiver _receiver = null!;

        public TestServer Server { get; private set; } = null!;

        public string RunId { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _receiver = await CallbackReceiver.StartAsync();
            Server = await WorkingServer.StartAsync(new TestEngine(TimeSpan.Zero, TimeProvider.System));
            var body = WorkingServer.RunBody();
            body["callback_url"] = _receiver.Url.AbsoluteUri;
            foreach (var unknown in new[] { "one", "two", "three" })
                body[unknown] = true;
            RunId = await WorkingServer.CreateAsync(Server, body);
            await WorkingServer.WaitUntilDeliveredAsync(Server, RunId, Ct);
            for (var count = 2; count <= 3; count++)
            {
                var again = await Server.Client.PostAsync($"/v1/runs/{RunId}/callback-redeliveries", null, Ct);
                again.StatusCode.ShouldBe(HttpStatusCode.Created, await again.Content.ReadAsStringAsync(Ct));
                await WorkingServer.WaitUntilDeliveredAsync(Server, RunId, Ct, count);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            await _receiver.DisposeAsync();
        }
    }
}
