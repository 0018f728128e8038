using System.Text.Json;
using Kinema.Core.Admission;
using Kinema.Core.Catalog;
using Kinema.Core.Runs;

namespace Kinema.Core.Tests.Admission;

public sealed class CreateRunTests
{
    private const string SeedExample = """
        {"input":{"prompt":"Product rotating slowly on a display pedestal, soft studio lighting, professional product photography","duration":5,"image_url":"https://public.runflow.io/images/models/_base/product-sneaker.png","resolution":"1080p"},"callback_url":"https://your-server.com/webhook"}
        """;

    private const string Inline = """{"input":{"prompt":"雪","image_url":"data:image/png;base64,AQID"}}""";

    private readonly AdmissionScene _scene = new();

    [Fact]
    public async Task The_documented_example_becomes_a_queued_run_that_holds_fifty_cents()
    {
        var run = await AdmitAsync(SeedExample);

        run.Status.ShouldBe(RunStatus.Queued);
        run.Held.ToString().ShouldBe("0.50");
        run.Cost.ShouldBeNull();
        run.ModelId.ShouldBe(TestCatalog.Wan.Id);
        run.ManifestVersion.ShouldBe(1);
        run.EngineId.ShouldBe("motion");
        run.CallbackUrl.ShouldBe("https://your-server.com/webhook");
        run.RequestId.ShouldBe("req_1");
        _scene.Stored.ShouldHaveSingleItem().Run.ShouldBe(run);
        _scene.Limits.ShouldBe(new AdmissionLimits(7, 3));
    }

    [Fact]
    public async Task Its_id_sorts_by_creation_and_its_times_are_whole_milliseconds()
    {
        var run = await AdmitAsync(SeedExample);

        run.Id.Version.ShouldBe(7);
        run.CreatedAt.ShouldBe(new DateTimeOffset(2026, 5, 6, 10, 0, 0, 1, TimeSpan.Zero));
        run.DeadlineAt.ShouldBe(run.CreatedAt.AddSeconds(100));
    }

    [Fact]
    public async Task The_input_is_stored_verbatim_and_as_the_engine_receives_it()
    {
        var run = await AdmitAsync("""{"input":{ "image_url": "https://example.com/a.png",  "duration": 5.0, "prompt": null }}""");

        run.InputJson.ShouldBe("""{ "image_url": "https://example.com/a.png",  "duration": 5.0, "prompt": null }""");
        JsonElement.Parse(run.EffectiveInputJson).GetProperty("duration").GetRawText().ShouldBe("5");
        JsonElement.Parse(run.EffectiveInputJson).GetProperty("resolution").GetString().ShouldBe("1080p");
    }

    [Fact]
    public async Task A_seed_is_drawn_when_none_is_given_and_kept_when_one_is()
    {
        var drawn = await SeedOfAsync("");
        var another = await SeedOfAsync("");

        drawn.ShouldBeInRange(0, int.MaxValue);
        another.ShouldNotBe(drawn);
        (await SeedOfAsync(",\"seed\":42")).ShouldBe(42);

        async Task<long> SeedOfAsync(string seed)
        {
            var run = await AdmitAsync($$$"""{"input":{"image_url":"https://example.com/a.png"{{{seed}}}}}""");
            return JsonElement.Parse(run.EffectiveInputJson).GetProperty("seed").GetInt64();
        }
    }

    [Fact]
    public void A_seed_is_drawn_within_its_fields_own_limits()
    {
        var drawn = Enumerable.Range(0, 1_000).Select(_ => RandomSeed.Draw(3, 5)).ToHashSet();

        drawn.ShouldBe([3, 4, 5], ignoreOrder: true);
    }

    [Fact]
    public async Task The_second_model_is_admitted_by_the_same_code_at_its_own_price()
    {
        var result = await _scene.CreateAsync("""{"input":{"words":"drift","still":"https://example.com/a.png","length":2}}""", "studio/loop/v1");

        var run = result.ShouldBeOfType<CreateRunResult.Created>().Run;
        run.Held.ToString().ShouldBe("0.05");
        run.ManifestVersion.ShouldBe(3);
        JsonElement.Parse(run.EffectiveInputJson).GetProperty("dice").GetInt64().ShouldBeInRange(0, 99);
    }

    [Fact]
    public async Task Inline_data_are_replaced_by_their_asset_in_both_inputs()
    {
        _scene.Media = m => new() { Inline = new("image/png", m.Inline!.Decode()), Notes = ["transparency is flattened on white"] };

        var run = await AdmitAsync(Inline);

        var asset = _scene.Stored[0].Assets.ShouldHaveSingleItem();
        (asset.Name, asset.MimeType, asset.SizeBytes, asset.Digest, asset.SourceType).ShouldBe(("image_url.png", "image/png", 3, "010203", "inline"));
        run.InputJson.ShouldBe($$"""{"prompt":"雪","image_url":"runflow://assets/{{asset.Id}}"}""");
        run.EffectiveInputJson.ShouldContain($"\"image_url\":\"runflow://assets/{asset.Id}\"");
        _scene.Released.ShouldBe([("010203", false)]);
        _scene.Stored[0].Events.ShouldHaveSingleItem().DataJson.ShouldContain("transparency is flattened on white");
    }

    [Fact]
    public async Task Inline_data_are_stored_only_when_every_medium_is_accepted()
    {
        _scene.Media = m => m.Inline is { } inline
            ? new() { Inline = new("image/png", inline.Decode()) }
            : MediaAdmission.Refused(FieldError.Input(m.Field.Name, "cannot be reached", FieldErrorTypes.Unreachable));
        _scene.Engines[0] = EngineBindingsTests.Engine("motion", Kinema.Engines.MediaRole.FirstFrame, Kinema.Engines.MediaRole.LastFrame);

        await ErrorsOfAsync(Inline.Replace("}}", ",\"end_image_url\":\"https://example.com/b.png\"}}", StringComparison.Ordinal));

        _scene.Contents.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(AdmitOutcome.QueueFull)]
    [InlineData(AdmitOutcome.OrgQueueFull)]
    public async Task What_a_create_stored_that_the_queue_refused_is_given_up(AdmitOutcome outcome)
    {
        _scene.Media = m => new() { Inline = new("image/png", m.Inline!.Decode()) };
        _scene.Outcome = outcome;

        await RefuseAsync(Inline);

        _scene.Released.ShouldBe([("010203", true)]);
    }

    [Fact]
    public async Task Without_an_answer_from_the_ledger_the_media_stay_because_the_run_may_be_stored()
    {
        _scene.Media = m => new() { Inline = new("image/png", m.Inline!.Decode()) };
        _scene.LedgerFailure = new TimeoutException();

        await Should.ThrowAsync<TimeoutException>(() => _scene.CreateAsync(Inline));

        _scene.Released.ShouldBe([("010203", false)]);
    }

    [Fact]
    public async Task Inline_data_beyond_the_quota_are_refused_and_not_stored()
    {
        _scene.Media = m => new() { Inline = new("image/png", m.Inline!.Decode()) };
        _scene.FreeBytes = 2;

        (await RefuseAsync(Inline)).ShouldBe(new CreateRunResult.OverQuota(new(98, 100)));
        _scene.Contents.ShouldBeEmpty();
        _scene.FreeBytes = 3;
        await AdmitAsync(Inline);
    }

    [Fact]
    public async Task An_input_that_is_mostly_space_is_stored_without_it()
    {
        var run = await AdmitAsync("""{"input":{ "image_url":"https://example.com/a.png" }}""".Replace(" }}", new string(' ', 300_000) + "}}", StringComparison.Ordinal));

        run.InputJson.ShouldBe("""{"image_url":"https://example.com/a.png"}""");
    }

    [Fact]
    public async Task Unknown_names_beside_the_input_are_named_in_the_runs_log()
    {
        await AdmitAsync("""{"input":{"image_url":"https://example.com/a.png"},"webhook":"x"}""");

        var line = _scene.Stored[0].Events.ShouldHaveSingleItem();
        line.Type.ShouldBe("log");
        line.DataJson.ShouldContain("webhook");
    }

    [Fact]
    public async Task An_unknown_model_is_refused() =>
        (await RefuseAsync(SeedExample, "alibaba/wan/v9")).ShouldBe(new CreateRunResult.UnknownModel("alibaba/wan/v9"));

    [Fact]
    public async Task A_disabled_model_is_unavailable()
    {
        _scene.Catalog = new ManifestCatalog([TestCatalog.Wan with { Enabled = false }]);

        (await RefuseAsync(SeedExample)).ShouldBeOfType<CreateRunResult.Unavailable>();
    }

    [Fact]
    public async Task Without_an_engine_the_model_is_unavailable()
    {
        _scene.Engines.Clear();

        (await RefuseAsync(SeedExample)).ShouldBeOfType<CreateRunResult.Unavailable>();
    }

    [Fact]
    public async Task A_full_disk_refuses_early()
    {
        _scene.HasFreeSpace = false;

        (await RefuseAsync(SeedExample)).ShouldBeOfType<CreateRunResult.StorageFull>();
    }

    [Theory]
    [InlineData(AdmitOutcome.QueueFull, typeof(CreateRunResult.QueueFull))]
    [InlineData(AdmitOutcome.OrgQueueFull, typeof(CreateRunResult.OrgQueueFull))]
    public async Task A_full_queue_refuses(AdmitOutcome outcome, Type result)
    {
        _scene.Outcome = outcome;

        (await RefuseAsync(SeedExample)).ShouldBeOfType(result);
    }

    [Fact]
    public async Task Text_that_is_no_json_is_refused() => (await RefuseAsync("{")).ShouldBeOfType<CreateRunResult.NotJson>();

    [Fact]
    public async Task A_role_that_the_engine_does_not_serve_is_refused_by_its_field()
    {
        var errors = await ErrorsOfAsync("""{"input":{"image_url":"https://example.com/a.png","end_image_url":"https://example.com/b.png"}}""");

        var error = errors.ShouldHaveSingleItem();
        error.Location.ShouldBe(["body", "input", "end_image_url"]);
        error.Message.ShouldBe("input.end_image_url is not served by the engine bound here");
        error.Type.ShouldBe(FieldErrorTypes.NotServed);
    }

    [Fact]
    public async Task Media_that_are_refused_refuse_the_run()
    {
        _scene.Media = m => MediaAdmission.Refused(FieldError.Input(m.Field.Name, "asset not found or expired", FieldErrorTypes.AssetNotFound));

        (await ErrorsOfAsync(SeedExample)).ShouldHaveSingleItem().Type.ShouldBe(FieldErrorTypes.AssetNotFound);
    }

    [Fact]
    public async Task A_callback_that_is_refused_is_reported_beside_the_inputs_errors()
    {
        _scene.CallbackRefusal = "cannot be reached";

        var errors = await ErrorsOfAsync("""{"input":{"duration":1},"callback_url":"http://10.0.0.1/"}""");

        errors.Select(e => e.Message).ShouldBe(
            [
                "input.duration must be an integer from 2 to 15 (seconds); got 1",
                "input.image_url is missing: exactly one of image_url, video_url must be given; got none",
                "callback_url cannot be reached",
            ]);
    }

    private async Task<Run> AdmitAsync(string body) => (await _scene.CreateAsync(body)).ShouldBeOfType<CreateRunResult.Created>().Run;

    private async Task<IReadOnlyList<FieldError>> ErrorsOfAsync(string body) => (await RefuseAsync(body)).ShouldBeOfType<CreateRunResult.Invalid>().Errors;

    private async Task<CreateRunResult> RefuseAsync(string body, string slug = AdmissionScene.WanSlug)
    {
        var result = await _scene.CreateAsync(body, slug);
        _scene.Stored.ShouldBeEmpty();
        return result;
    }
}
