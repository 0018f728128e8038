using System.Net;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Runs;

public sealed class RunEventsTests(WorkingServer working) : IClassFixture<WorkingServer>
{
    [Fact]
    public async Task The_events_run_from_queued_to_the_end_with_increasing_ids()
    {
        var events = await EventReader.ReadAllAsync(working.Server.Client, working.RunId, Ct);
        events.Select(e => e.Id).ShouldBe(Enumerable.Range(1, events.Count).Select(i => (long)i));
        events.Where(e => e.Type == "status").Select(e => e.Data["status_code"].Text()).ShouldBe(["queued", "dispatching", "running", "succeeded"]);
        events.ShouldContain(e => e.Type == "progress");
        events[^1].Data["status_code"].Text().ShouldBe("succeeded");
    }

    [Fact]
    public async Task A_late_reader_and_one_that_resumes_get_the_same_history()
    {
        var whole = await EventReader.ReadAllAsync(working.Server.Client, working.RunId, Ct);
        var rest = await EventReader.ReadAllAsync(working.Server.Client, working.RunId, Ct, lastEventId: "3");
        rest.Select(e => (e.Id, e.Data.ToJsonString())).ShouldBe(whole.Skip(3).Select(e => (e.Id, e.Data.ToJsonString())));
    }

    [Fact]
    public async Task A_reader_that_has_all_events_gets_204()
    {
        var last = (await EventReader.ReadAllAsync(working.Server.Client, working.RunId, Ct))[^1].Id;
        var response = await working.Server.Client.GetAsync($"/v1/runs/{working.RunId}/events?after={last}", Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("x")]
    public async Task An_invalid_event_id_is_refused(string after) =>
        await (await working.Server.Client.GetAsync($"/v1/runs/{working.RunId}/events?after={after}", Ct)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");

    [Fact]
    public async Task A_reader_follows_a_running_run_and_resumes_after_a_disconnect()
    {
        var engine = new TestEngine(TimeSpan.FromMilliseconds(50), TimeProvider.System) { HoldsBeforeFirstFrame = true };
        await using var server = await WorkingServer.StartAsync(engine);
        var id = await WorkingServer.CreateAsync(server);
        var first = await EventReader.ReadAllAsync(server.Client, id, Ct, take: 3);
        var rest = EventReader.ReadAllAsync(server.Client, id, Ct, lastEventId: first[^1].Id.ToString());
        engine.Release();
        var all = first.Concat(await rest).ToList();
        all.Select(e => e.Id).ShouldBe(Enumerable.Range(1, all.Count).Select(i => (long)i));
        all[^1].Data["status_code"].Text().ShouldBe("succeeded");
    }

    [Fact]
    public async Task A_quiet_stream_is_kept_open_by_comments_and_ends_with_the_server()
    {
        var engine = new TestEngine(TimeSpan.Zero, TimeProvider.System) { HoldsBeforeFirstFrame = true };
        await using var server = await WorkingServer.StartAsync(engine, "Server:EventHeartbeatSeconds=1");
        var id = await WorkingServer.CreateAsync(server);
        using var response = await server.Client.GetAsync($"/v1/runs/{id}/events", HttpCompletionOption.ResponseHeadersRead, Ct);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Ct));
        string? line;
        do
            line = await reader.ReadLineAsync(Ct);
        while (line is not null && !line.StartsWith(':'));
        line.ShouldNotBeNull();

        await server.App.StopAsync(Ct);
        (await reader.ReadToEndAsync(Ct)).ShouldNotContain("succeeded");
    }

    [Fact]
    public async Task An_organisation_may_hold_only_so_many_streams_open()
    {
        var engine = new TestEngine(TimeSpan.Zero, TimeProvider.System) { HoldsBeforeFirstFrame = true };
        await using var server = await WorkingServer.StartAsync(engine, "Server:MaxEventStreamsPerOrganization=1");
        var id = await WorkingServer.CreateAsync(server);
        using (await server.Client.GetAsync($"/v1/runs/{id}/events", HttpCompletionOption.ResponseHeadersRead, Ct))
            await (await server.Client.GetAsync($"/v1/runs/{id}/events", Ct)).ShouldBeErrorAsync(HttpStatusCode.TooManyRequests, "RATE_LIMITED");

        engine.Release();
        var status = await WorkingServer.WaitUntilStreamsAreFreeAsync(server, id);
        status.ShouldBe(HttpStatusCode.OK);
    }
}
