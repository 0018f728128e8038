using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Runs;

/// <summary>One stream of the events of several runs.</summary>
public sealed class SeveralRunEventsTests(WorkingServer working) : IClassFixture<WorkingServer>
{
    private HttpClient Client => working.Server.Client;

    [Fact]
    public async Task Each_run_s_events_are_those_of_its_own_stream_in_their_order_and_the_stream_ends_with_the_last_run()
    {
        var ids = new[] { working.RunId, await WorkingServer.CreateAsync(working.Server), await WorkingServer.CreateAsync(working.Server) };
        var merged = await ReadAsync(working.Server, string.Join(',', ids.Select(id => $"{id}:0")));
        foreach (var id in ids)
        {
            var own = await EventReader.ReadAllAsync(Client, id, Ct);
            merged.Where(item => item.RunId == id).Select(item => (item.Sequence, item.Type, item.Data))
                .ShouldBe(own.Select(item => (item.Id, item.Type, item.Data.ToJsonString())));
            own[^1].Data["status_code"].Text().ShouldBe("succeeded");
        }
    }

    [Fact]
    public async Task A_reader_resumes_each_run_where_it_was()
    {
        var other = await WorkingServer.CreateAsync(working.Server);
        var whole = await ReadAsync(working.Server, $"{working.RunId},{other}:0");

        var rest = await ReadAsync(working.Server, $"{working.RunId}:2,{other}:3");

        rest.ShouldBe(whole.Where(item => item.Sequence > (item.RunId == other ? 3 : 2)), ignoreOrder: true);
    }

    [Fact]
    public async Task A_run_that_is_read_to_its_end_does_not_hold_the_stream_open()
    {
        var last = (await EventReader.ReadAllAsync(Client, working.RunId, Ct))[^1].Id;
        (await Client.GetAsync($"/v1/events?runs={working.RunId}:{last}", Ct)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var other = await WorkingServer.CreateAsync(working.Server);
        (await ReadAsync(working.Server, $"{working.RunId}:{last},{other}:0")).ShouldAllBe(item => item.RunId == other);
    }

    [Theory]
    [InlineData("", "got none")]
    [InlineData("?runs=", "got none")]
    [InlineData("?runs=x:1", "got \"x:1\"")]
    [InlineData("?runs={id}:-1", "got \"{id}:-1\"")]
    [InlineData("?runs={id}:1:2", "got \"{id}:1:2\"")]
    [InlineData("?runs={id}:1,", "got \"\"")]
    [InlineData("?runs={id}:1,{id}:2", "got {id} twice")]
    [InlineData("?runs=,,,,,,,,,,,,,,,,,,,,", "got 21")]
    public async Task What_is_not_a_list_of_runs_is_refused_by_value(string query, string got)
    {
        var answer = await Client.GetAsync("/v1/events" + query.Replace("{id}", working.RunId, StringComparison.Ordinal), Ct);
        var error = await answer.ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
        error["message"].Text().ShouldStartWith("runs must be 1 to 20 different runs as {id}:{after}");
        error["message"].Text().ShouldEndWith(got.Replace("{id}", working.RunId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_of_another_organisation_is_not_found_by_name()
    {
        var other = await working.Server.AddCallerAsync();
        var answer = await other.Client.GetAsync($"/v1/events?runs={working.RunId}:0", Ct);
        (await answer.ShouldBeErrorAsync(HttpStatusCode.NotFound, "RUN_NOT_FOUND"))["message"].Text().ShouldContain(working.RunId);

        var unknown = Guid.CreateVersion7().ToString();
        answer = await Client.GetAsync($"/v1/events?runs={working.RunId}:0,{unknown}:0", Ct);
        (await answer.ShouldBeErrorAsync(HttpStatusCode.NotFound, "RUN_NOT_FOUND"))["message"].Text().ShouldContain(unknown);
    }

    [Fact]
    public async Task A_quiet_stream_is_kept_open_by_comments_takes_one_place_and_ends_with_the_server()
    {
        var engine = new TestEngine(TimeSpan.Zero, TimeProvider.System) { HoldsBeforeFirstFrame = true };
        await using var server = await WorkingServer.StartAsync(engine, "Server:EventHeartbeatSeconds=1", "Server:MaxEventStreamsPerOrganization=1");
        var ids = new[] { await WorkingServer.CreateAsync(server), await WorkingServer.CreateAsync(server) };
        using var response = await server.Client.GetAsync($"/v1/events?runs={string.Join(',', ids)}", HttpCompletionOption.ResponseHeadersRead, Ct);
        await (await server.Client.GetAsync($"/v1/events?runs={ids[0]}", Ct)).ShouldBeErrorAsync(HttpStatusCode.TooManyRequests, "RATE_LIMITED");

        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Ct));
        string? line;
        do
            line = await reader.ReadLineAsync(Ct);
        while (line is not null && !line.StartsWith(':'));
        line.ShouldNotBeNull();

        await server.App.StopAsync(Ct);
        (await reader.ReadToEndAsync(Ct)).ShouldNotContain("succeeded");
    }

    private static async Task<List<Item>> ReadAsync(TestServer server, string runs)
    {
        using var response = await server.Client.GetAsync($"/v1/events?runs={runs}", HttpCompletionOption.ResponseHeadersRead, Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var items = new List<Item>();
        await foreach (var message in SseParser.Create(await response.Content.ReadAsStreamAsync(Ct)).EnumerateAsync(Ct))
        {
            var data = JsonNode.Parse(message.Data)!;
            items.Add(new(data["run_id"].Text(), data["sequence"]!.GetValue<long>(), data["type"].Text(), data["data"]!.ToJsonString()));
        }

        return items;
    }

    private sealed record Item(string RunId, long Sequence, string Type, string Data);
}
