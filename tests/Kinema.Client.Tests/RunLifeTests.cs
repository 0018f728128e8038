using System.Text.Json.Nodes;
using Kinema.Engines;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kinema.Client.Tests;

/// <summary>What can be done with a run, against a real server with an engine that makes grey videos at once, or holds until it is released.</summary>
public sealed class RunLifeTests : IAsyncDisposable
{
    private const string Model = "alibaba/wan/v2.7/image-to-video";
    private static readonly ImageToVideoInput _input = new() { ImageUrl = Samples.DataUri(Samples.Photograph("cat")), Duration = 2, Resolution = "720p", Prompt = "push in" };

    private readonly TemporaryFolder _folder = new();
    private TestServer? _server;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_run_is_awaited_with_its_progress_checked_and_downloaded()
    {
        var client = await StartAsync(new(TimeSpan.Zero, TimeProvider.System));
        var events = new List<RunEvent>();
        var path = Path.Combine(_folder.FullPath, "video.mp4");

        var run = await client.RunAsync(Model, _input, new() { ClientRef = "order 7" }, new InOrder(events.Add), Ct);
        await client.DownloadAsync(run.EnsureSucceeded(), path, Ct);

        run.ClientRef.ShouldBe("order 7");
        run.Model.ShouldBe(Model);
        events[^1].Status.ShouldBe(RunStatus.Succeeded);
        events.ShouldContain(e => e.Type == RunEventType.Progress && e.Progress == 1);
        new FileInfo(path).Length.ShouldBe(run.Output!.Outputs[0].SizeBytes!.Value);
        Directory.GetFiles(_folder.FullPath).ShouldBe([path]);
        run.Output.LastFrameUrl.ShouldNotBeNull();
        run.Output.PosterUrl.ShouldNotBeNull();
    }

    [Fact]
    public async Task Canceling_the_wait_cancels_the_run()
    {
        var client = await StartAsync(new(TimeSpan.Zero, TimeProvider.System) { HoldsBeforeFirstFrame = true });
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var seen = new InOrder(e =>
        {
            if (e.Status == RunStatus.Running)
                leaving.Cancel();
        });

        await Should.ThrowAsync<OperationCanceledException>(() => client.RunAsync(Model, _input, progress: seen, cancellationToken: leaving.Token));

        var run = await client.ListRunsAsync().SingleAsync(Ct);
        run = await client.WaitAsync(run.Id, null, Ct);
        run.Status.ShouldBe(RunStatus.Canceled);
        run.CancelReason.ShouldBe("canceled by the caller");
        Should.Throw<RunFailedException>(run.EnsureSucceeded).Message.ShouldBe($"Run {run.Id} ended as canceled.");
    }

    [Fact]
    public async Task A_run_that_has_not_ended_is_no_success_and_no_failure()
    {
        var client = await StartAsync(new(TimeSpan.Zero, TimeProvider.System) { HoldsBeforeFirstFrame = true });

        var run = await client.CreateRunAsync(Model, _input, cancellationToken: Ct);

        Should.Throw<InvalidOperationException>(run.EnsureSucceeded).Message.ShouldContain("has not ended");
        (await Should.ThrowAsync<InvalidOperationException>(() => client.DownloadAsync(run, "x.mp4", Ct))).Message.ShouldContain("has not ended");
        await client.CancelRunAsync(run.Id, cancellationToken: Ct);
    }

    [Fact]
    public async Task A_failed_run_says_why()
    {
        var client = await StartAsync(new(TimeSpan.Zero, TimeProvider.System));
        await using var nothing = await ScriptedServer.StartAsync();

        var run = await client.RunAsync(Model, _input with { ImageUrl = new Uri(nothing.Url, "a.png").ToString() }, cancellationToken: Ct);

        var error = Should.Throw<RunFailedException>(run.EnsureSucceeded);
        error.Run.FailureCode.ShouldBe("INPUT_MEDIA_UNREACHABLE");
        error.Message.ShouldBe($"Run {run.Id} failed: {run.FailureMessage} (INPUT_MEDIA_UNREACHABLE)");
    }

    [Fact]
    public async Task A_canceled_run_is_retried_and_the_old_one_deleted()
    {
        var engine = new TestEngine(TimeSpan.Zero, TimeProvider.System) { HoldsBeforeFirstFrame = true };
        var client = await StartAsync(engine);
        var first = await client.CreateRunAsync(Model, _input, cancellationToken: Ct);
        await client.CancelRunAsync(first.Id, cancellationToken: Ct);
        await client.WaitAsync(first.Id, null, Ct);
        engine.Release();

        var second = await client.RetryRunAsync(first.Id, new() { Wait = TimeSpan.FromSeconds(60) }, Ct);
        await client.DeleteRunAsync(first.Id, Ct);

        second.RetryOf.ShouldBe(first.Id);
        second.EnsureSucceeded().IsTerminal.ShouldBeTrue();
        (await Should.ThrowAsync<KinemaException>(() => client.GetRunAsync(first.Id, Ct))).Code.ShouldBe("RUN_NOT_FOUND");
    }

    [Fact]
    public async Task A_run_tells_its_logs_phases_and_statistics_and_takes_a_verdict()
    {
        var client = await StartAsync(new(TimeSpan.Zero, TimeProvider.System));
        var run = await client.RunAsync(Model, _input, cancellationToken: Ct);
        var day = new DateTimeOffset(run.CreatedAt!.Value.UtcDateTime.Date, TimeSpan.Zero);

        var logs = await client.ListLogsAsync(run.Id, new() { PageSize = 1 }).ToListAsync(Ct);
        var phases = await client.ListPhasesAsync(run.Id).ToListAsync(Ct);
        var statistics = await client.GetStatisticsAsync(day, day.AddDays(1), Ct);
        var rated = await client.SetFeedbackAsync(run.Id, true, "as asked", Ct);
        var erased = await client.SetFeedbackAsync(run.Id, null, null, Ct);

        logs.Select(line => line.Id).ShouldBe(logs.Select(line => line.Id).Distinct().Order());
        logs.ShouldAllBe(line => line.RunId == run.Id && line.Message!.Length > 0);
        phases.Select(phase => phase.Phase).ShouldBe(["preprocess", "inference", "encode", "upload"]);
        phases.ShouldAllBe(phase => phase.Status == RunPhaseStatus.Succeeded && phase.RunId == run.Id);
        statistics.Timeline.ShouldHaveSingleItem().ShouldBe(new() { Date = DateOnly.FromDateTime(day.UtcDateTime), Runs = 1, Spend = run.Cost!.Value });
        statistics.ByModel.ShouldHaveSingleItem().Model.ShouldBe(Model);
        statistics.BySource.ShouldHaveSingleItem().ShouldBe(new() { Source = "api", Runs = 1, Percent = 100 });
        (rated.FeedbackIsPositive, rated.FeedbackReason).ShouldBe((true, "as asked"));
        (erased.FeedbackIsPositive, erased.FeedbackReason).ShouldBe((null, null));
    }

    [Fact]
    public async Task An_estimate_says_the_price_and_the_place_and_refuses_what_a_create_refuses()
    {
        var client = await StartAsync(new(TimeSpan.Zero, TimeProvider.System));

        var estimate = await client.EstimateAsync(Model, _input, Ct);
        var refused = await Should.ThrowAsync<KinemaException>(() => client.EstimateAsync(Model, new JsonObject { ["image_url"] = _input.ImageUrl, ["duration"] = 99 }, Ct));

        (estimate.Cost, estimate.Currency, estimate.Engine, estimate.QueuePosition).ShouldBe((0.20m, "USD", "motion", 1));
        estimate.Input!.Value.GetProperty("enable_safety_checker").GetBoolean().ShouldBeTrue();
        refused.Errors.ShouldHaveSingleItem().Location.ShouldBe(["body", "input", "duration"]);
        (await client.ListRunsAsync().ToListAsync(Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_preview_is_read_while_there_is_one()
    {
        var engine = new TestEngine(TimeSpan.Zero, TimeProvider.System) { HoldsBeforeFirstFrame = true, MakesPreviews = true };
        var client = await StartAsync(engine);
        var created = await client.CreateRunAsync(Model, _input, cancellationToken: Ct);
        await client.WatchAsync(created.Id, cancellationToken: Ct).FirstAsync(e => e.Type == RunEventType.Preview, Ct);

        var preview = await client.GetPreviewAsync(created.Id, Ct);
        engine.Release();
        await client.WaitAsync(created.Id, null, Ct);

        preview!.ContentType.ShouldBe("image/png");
        preview.Content.ToArray().ShouldBe(TestEngine.PreviewPicture.ToArray());
        (await client.GetPreviewAsync(created.Id, Ct)).ShouldBeNull();
        (await Should.ThrowAsync<KinemaException>(() => client.GetPreviewAsync(Guid.CreateVersion7(), Ct))).Code.ShouldBe("RUN_NOT_FOUND");
    }

    [Fact]
    public async Task Every_status_has_a_constant()
    {
        await StartAsync(new(TimeSpan.Zero, TimeProvider.System));
        var listed = JsonNode.Parse(await _server!.Client.GetStringAsync(new Uri("/v1/runs/statuses", UriKind.Relative), Ct))!["items"]!.AsArray();

        foreach (var status in listed)
            RunStatus.IsTerminal(Constants(typeof(RunStatus)).Single(code => code == status!["code"]!.GetValue<string>())).ShouldBe(status!["is_terminal"]!.GetValue<bool>());
    }

    private async Task<KinemaClient> StartAsync(TestEngine engine)
    {
        _server = await TestServer.StartAsync(configure: builder =>
        {
            builder.Services.RemoveAll<IVideoEngine>();
            builder.Services.AddSingleton<IVideoEngine>(engine);
        });
        return new KinemaClient(_server.CreateClient(), new() { ApiKey = _server.Caller.Token });
    }

    private static List<string> Constants(Type type) => [.. type.GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];
}
