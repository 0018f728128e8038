using System.Net;
using Kinema.Core.Keys;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Runs;

public sealed class DeleteRunTests
{
    [Fact]
    public async Task A_deleted_run_is_404_on_every_route_and_its_files_are_gone()
    {
        await using var server = await WorkingServer.StartAsync(new(TimeSpan.Zero, TimeProvider.System));
        var id = await WorkingServer.CreateAsync(server);
        var run = await WorkingServer.WaitForEndAsync(server, id);
        var video = run["output"]!["outputs"]![0]!["url"].Text();
        (await server.Client.GetAsync(video, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        Directory.GetFiles(Path.Combine(server.DataFolder, "content"), "*", SearchOption.AllDirectories).ShouldNotBeEmpty();

        (await server.Client.DeleteAsync($"/v1/runs/{id}", Ct)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        foreach (var path in (string[])["", "/events", "/logs", "/callback"])
            await (await server.Client.GetAsync($"/v1/runs/{id}{path}", Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "RUN_NOT_FOUND");
        await (await server.Client.DeleteAsync($"/v1/runs/{id}", Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "RUN_NOT_FOUND");
        await (await server.Client.GetAsync(video, Ct)).ShouldBeErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        var page = await (await server.Client.GetAsync("/v1/runs", Ct)).ReadJsonAsync();
        page["items"]!.AsArray().ShouldBeEmpty();
        Directory.GetFiles(Path.Combine(server.DataFolder, "artifacts"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
        Directory.GetFiles(Path.Combine(server.DataFolder, "content"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_whose_callback_is_not_delivered_yet_cannot_be_deleted()
    {
        await using var server = await WorkingServer.StartAsync(new(TimeSpan.Zero, TimeProvider.System));
        await using var receiver = await CallbackReceiver.StartAsync(CallbackAnswer.Hang);
        var body = WorkingServer.RunBody();
        body["callback_url"] = receiver.Url.AbsoluteUri;
        var id = await WorkingServer.CreateAsync(server, body);
        await receiver.NextAsync(Ct);

        await (await server.Client.DeleteAsync($"/v1/runs/{id}", Ct)).ShouldBeErrorAsync(HttpStatusCode.Conflict, "CONFLICT");
    }

    [Fact]
    public async Task Only_a_key_with_its_scope_deletes_a_run_and_only_an_ended_one()
    {
        await using var idle = await TestServer.StartIdleAsync();
        var created = await (await idle.Client.PostAsync(SharedServer.RunsPath, Json(SharedServer.RunBody()), Ct)).ReadJsonAsync();
        var path = $"/v1/runs/{created["id"].Text()}";
        var weak = await idle.AddKeyAsync(idle.Caller.OrgId, [Scopes.RunsCreate, Scopes.RunsRead, Scopes.RunsExecute]);

        await (await weak.Client.DeleteAsync(path, Ct)).ShouldBeErrorAsync(HttpStatusCode.Forbidden, "PERMISSION_DENIED");
        var refused = await (await idle.Client.DeleteAsync(path, Ct)).ShouldBeErrorAsync(HttpStatusCode.Conflict, "CONFLICT");
        refused["message"].Text().ShouldContain("has not ended");
        await idle.Client.PostAsync($"{path}/cancellation", null, Ct);
        (await idle.Client.DeleteAsync(path, Ct)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }
}
