using Kinema.TestSupport;

namespace Kinema.Client.Tests;

/// <summary>The client's records against what the server really writes.</summary>
public sealed class RealServerTests : IAsyncLifetime
{
    private const string Model = "alibaba/wan/v2.7/image-to-video";
    private TestServer _server = null!;
    private KinemaClient _client = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _client = new KinemaClient(_server.CreateClient(), new() { ApiKey = _server.Caller.Token });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_run_is_created_watched_and_listed_and_its_callback_verified()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var secret = await _client.CreateSecretAsync("main", Ct);
        var image = await _client.UploadAsync(Samples.Photograph("cat"), Ct);
        var created = await _client.CreateRunAsync(
            Model,
            new ImageToVideoInput { ImageUrl = image.Reference, Duration = 2, Resolution = "720p", Seed = 7 },
            new RunOptions { ClientRef = "order 7", CallbackUrl = receiver.Url.ToString() },
            Ct);
        var events = new List<RunEvent>();

        var run = await _client.WaitAsync(created.Id, new InOrder(events.Add), Ct);

        run.Status.ShouldBe(RunStatus.Succeeded, run.FailureMessage);
        run.Cost.ShouldBe(0.20m);
        run.Output!.Seed.ShouldBe(7);
        run.Output.Timing!.TotalMs!.Value.ShouldBePositive();
        run.Output.Outputs[0].FrameCount.ShouldBe(60);
        events.ShouldContain(e => e.Progress == 1);
        (await _client.ListRunsAsync(new() { Filter = "client_ref.EQ:'order 7'" }).ToListAsync(Ct)).ShouldHaveSingleItem().Id.ShouldBe(run.Id);

        var callback = await receiver.NextAsync(Ct);
        CallbackSignature.Verify(callback.Body, secret.PlainSecret!, callback.Headers[CallbackSignature.HeaderName]).ShouldBeTrue();
        StandardWebhookSignature.Verify(
            callback.Body,
            secret.PlainSecret!,
            callback.Headers[StandardWebhookSignature.IdHeaderName],
            callback.Headers[StandardWebhookSignature.TimestampHeaderName],
            callback.Headers[StandardWebhookSignature.SignatureHeaderName],
            TimeProvider.System.GetUtcNow(),
            TimeSpan.FromMinutes(5)).ShouldBeTrue();
        var told = RunCallback.Parse(callback.Body);
        told.RunId.ShouldBe(run.Id);
        told.Event.ShouldBe("run.completed");
        (await _client.GetDeliveriesAsync(run.Id, Ct)).ShouldHaveSingleItem().CallbackUrl.ShouldBe(receiver.Url.ToString());
    }

    [Fact]
    public async Task A_run_is_canceled_with_its_reason()
    {
        var data = Samples.DataUri(Samples.Photograph("cat"));
        var created = await _client.CreateRunAsync(Model, new ImageToVideoInput { ImageUrl = data, Duration = 15 }, cancellationToken: Ct);

        await _client.CancelRunAsync(created.Id, "changed my mind", Ct);

        (await _client.WaitAsync(created.Id, null, Ct)).Status.ShouldBe(RunStatus.Canceled);
    }

    [Fact]
    public async Task The_catalogue_is_read_with_every_field()
    {
        var listed = (await _client.ListModelsAsync().ToListAsync(Ct)).Single(entry => entry.Slug == Model);
        var model = await _client.GetModelAsync(Model, Ct);

        model.Id.ShouldBe(listed.Id);
        model.Inputs!.Count.ShouldBe(11);
        model.Inputs.Single(i => i.Name == "duration").Type.ShouldBe("integer");
        model.PricingNote.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Assets_are_listed_in_pages_both_ways_read_and_deleted()
    {
        var ids = new List<Guid>();
        foreach (var name in new[] { "b.png", "a.png", "c.png" })
        {
            await using var photograph = File.OpenRead(Samples.Photograph("cat"));
            ids.Add((await _client.UploadAsync(photograph, name, cancellationToken: Ct)).Id);
        }

        var options = new ListOptions { Filter = "NOT name:c.png", SortBy = "name", PageSize = 1 };
        var first = await _client.ListAssetsAsync(options).GetPageAsync(Ct);
        var second = await _client.ListAssetsAsync(options with { Cursor = first.Next }).GetPageAsync(Ct);
        var back = await _client.ListAssetsAsync(options with { Cursor = second.Previous }).GetPageAsync(Ct);

        (first.Items.Single().Name, second.Items.Single().Name, back.Items.Single().Name, second.Next).ShouldBe(("a.png", "b.png", "a.png", null));
        (await _client.GetAssetAsync(ids[2], Ct)).Name.ShouldBe("c.png");
        await _client.DeleteAssetAsync(ids[2], Ct);
        (await _client.ListAssetsAsync().ToListAsync(Ct)).Select(asset => asset.Id).ShouldBe([ids[1], ids[0]]);
        (await Should.ThrowAsync<KinemaException>(() => _client.GetAssetAsync(ids[2], Ct))).Code.ShouldBe("ASSET_NOT_FOUND");
    }

    [Fact]
    public async Task Runs_and_models_are_listed_by_filter_and_order()
    {
        var data = Samples.DataUri(Samples.Photograph("cat"));
        foreach (var reference in new[] { "x", "y", "z" })
            await _client.CreateRunAsync(Model, new ImageToVideoInput { ImageUrl = data, Duration = 2, Resolution = "720p" }, new RunOptions { ClientRef = reference }, Ct);

        var runs = await _client.ListRunsAsync(new ListOptions { Filter = "client_ref:x OR client_ref:z", SortBy = "client_ref:desc" }).ToListAsync(Ct);
        runs.Select(run => run.ClientRef).ShouldBe(["z", "x"]);
        (await _client.ListModelsAsync(new ListOptions { Filter = "slug.eq:'nothing'" }).ToListAsync(Ct)).ShouldBeEmpty();
        (await _client.ListModelsAsync(new ListOptions { Filter = $"slug.eq:'{Model}'" }).ToListAsync(Ct)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Secrets_are_listed_without_their_texts_and_deleted()
    {
        var made = await _client.CreateSecretAsync("main", Ct);

        var listed = (await _client.ListSecretsAsync().ToListAsync(Ct)).ShouldHaveSingleItem();
        await _client.DeleteSecretAsync(made.Id, Ct);

        listed.Label.ShouldBe("main");
        listed.PlainSecret.ShouldBeNull();
        listed.IsCurrent.ShouldBe(true);
        (await _client.ListSecretsAsync().ToListAsync(Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Callbacks_are_paused_and_resumed()
    {
        (await _client.GetCallbackPauseAsync(Ct)).PausedAt.ShouldBeNull();
        (await _client.PauseCallbacksAsync(Ct)).PausedAt.ShouldNotBeNull();
        (await _client.ResumeCallbacksAsync(Ct)).ShouldBe(new CallbackPause());
    }
}
