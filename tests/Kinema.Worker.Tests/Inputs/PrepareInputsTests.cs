using Kinema.Core.Artifacts;
using Kinema.Core.Assets;
using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Worker.Tests.Support;

namespace Kinema.Worker.Tests.Inputs;

public sealed class PrepareInputsTests
{
    private static readonly Guid _assetId = Guid.Parse("019d6a63-8400-7c27-9a1e-0000000000aa");

    private static byte[] Cat => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "media", "cat-451x300.png"));

    [Fact]
    public async Task A_fetched_picture_is_noted_with_its_digest_type_and_size()
    {
        using var rig = new Rig();

        await rig.RunAsync();

        var input = rig.Ledger.Appends.SelectMany(a => a.Inputs).ShouldHaveSingleItem();
        (input.Field, input.SourceUri, input.ContentType, input.SizeBytes, input.Width, input.Height)
            .ShouldBe(("image_url", Rig.ImageUrl, "image/png", Cat.LongLength, 451, 300));
        rig.Contents.Find(rig.OrgId, input.Digest).ShouldNotBeNull();
    }

    [Fact]
    public async Task How_an_HDR_picture_is_read_stands_in_the_log()
    {
        using var rig = new Rig();
        // The chunk cICP behind the header: BT.2020 primaries, PQ.
        byte[] chunk = [0, 0, 0, 4, .. "cICP"u8, 9, 16, 0, 1, 0x4D, 0x23, 0x23, 0xFE];
        rig.Fetcher.Files[Rig.ImageUrl] = [.. Cat[..33], .. chunk, .. Cat[33..]];

        await rig.RunAsync();

        rig.Ledger.Appends.SelectMany(a => a.Events).ShouldContain(
            RunEvents.Log("info", "input.image_url is an HDR picture (PQ); it was tone-mapped to SDR with reference white at level 250."));
    }

    [Fact]
    public async Task What_an_earlier_attempt_fetched_is_not_fetched_again()
    {
        using var rig = new Rig();
        var stored = (await rig.Contents.PutAsync(rig.OrgId, new MemoryStream(Cat), long.MaxValue, Rig.Ct))!;

        (await rig.RunAsync(rig.Claim(attemptNumber: 2, inputs: [new("image_url", Rig.ImageUrl, stored.Digest, "image/png", stored.SizeBytes, 451, 300)])))
            .ShouldBeOfType<AttemptOutcome.Succeeded>();

        rig.Fetcher.Fetches.ShouldBe(0);
        rig.Engine.Asked!.FirstFrame!.Path.ShouldBe(stored.Path);
    }

    [Fact]
    public async Task An_address_that_gives_nothing_fails_the_run_as_unreachable()
    {
        using var rig = new Rig();

        var failure = await FailureAsync(rig, "https://nowhere.example/cat.png");

        (failure.Code, failure.Stage).ShouldBe((FailureCodes.InputMediaUnreachable, "preprocess"));
        failure.Message.ShouldBe("input.image_url could not be fetched: the address gave no file.");
    }

    [Fact]
    public async Task What_a_media_host_answered_is_told_to_the_caller()
    {
        using var rig = new Rig();
        rig.Fetcher.Answer = "the host answered 404 with text/html, 12 bytes";

        var failure = await FailureAsync(rig, "https://nowhere.example/cat.png");

        failure.Code.ShouldBe(FailureCodes.InputMediaUnreachable);
        failure.Message.ShouldBe("input.image_url could not be fetched: the host answered 404 with text/html, 12 bytes.");
    }

    [Fact]
    public async Task A_URL_is_fetched_and_noted_as_the_caller_wrote_it()
    {
        const string Written = "https://Store.example:443/a%7Eb/%2e%2e//ä.png?sig=%2f%2D#top";
        using var rig = new Rig();
        rig.Fetcher.Files[Written] = Cat;

        (await rig.RunAsync(rig.Claim(Written))).ShouldBeOfType<AttemptOutcome.Succeeded>();

        rig.Ledger.Appends.SelectMany(a => a.Inputs).ShouldHaveSingleItem().SourceUri.ShouldBe(Written);
        rig.Fetcher.Asked!.TimeLeft.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(300));
    }

    [Fact]
    public async Task A_file_that_is_no_picture_fails_the_run_and_says_what_is_allowed()
    {
        using var rig = new Rig();
        rig.Fetcher.Files[Rig.ImageUrl] = "<html>not a picture</html>"u8.ToArray();

        var failure = await FailureAsync(rig, Rig.ImageUrl);

        failure.Code.ShouldBe(FailureCodes.InputMediaInvalid);
        failure.Message.ShouldStartWith("input.image_url: ");
        failure.Message.ShouldContain("PNG");
    }

    [Fact]
    public async Task A_file_that_is_too_long_fails_the_run_and_names_the_limit()
    {
        using var rig = new Rig();
        rig.Fetcher.Files[Rig.ImageUrl] = new byte[20_000_001];

        var failure = await FailureAsync(rig, Rig.ImageUrl);

        failure.Code.ShouldBe(FailureCodes.InputMediaTooLarge);
        failure.Message.ShouldBe("input.image_url is longer than the 20000000 bytes (20 MB) that are allowed.");

        rig.Fetcher.Answer = "the host answered 200 with 20000001 bytes";
        (await FailureAsync(rig, Rig.ImageUrl)).Message
            .ShouldBe("input.image_url is longer than the 20000000 bytes (20 MB) that are allowed: the host answered 200 with 20000001 bytes.");
    }

    [Fact]
    public async Task A_confirmed_asset_is_read_from_the_store_without_a_fetch()
    {
        using var rig = new Rig();
        await AddAssetAsync(rig, rig.OrgId, confirmed: true);

        (await rig.RunAsync(rig.Claim(AssetReference.For(_assetId)))).ShouldBeOfType<AttemptOutcome.Succeeded>();

        rig.Fetcher.Fetches.ShouldBe(0);
    }

    [Fact]
    public async Task Inline_data_has_no_source_address()
    {
        using var rig = new Rig();
        await AddAssetAsync(rig, rig.OrgId, confirmed: true, source: "inline");

        await rig.RunAsync(rig.Claim(AssetReference.For(_assetId)));

        rig.Engine.Asked!.FirstFrame!.SourceUri.ShouldBeNull();
    }

    [Theory]
    [InlineData(true, false)] // another organisation's
    [InlineData(false, true)] // uploaded, never confirmed
    public async Task An_asset_that_is_not_the_callers_or_not_confirmed_was_not_found(bool foreign, bool unconfirmed)
    {
        using var rig = new Rig();
        await AddAssetAsync(rig, foreign ? _assetId : rig.OrgId, confirmed: !unconfirmed);

        (await FailureAsync(rig, AssetReference.For(_assetId))).Code.ShouldBe(FailureCodes.InputMediaUnreachable);
    }

    [Fact]
    public async Task Our_own_link_to_an_output_is_resolved_inside()
    {
        using var rig = new Rig();
        const string Link = "https://kinema.example/files/poster.png";
        rig.Artifacts.Files["run/1/poster.png"] = Path.Combine(AppContext.BaseDirectory, "media", "cat-451x300.png");
        rig.Links.Targets[Link] = new SignedTarget.Artifact(rig.OrgId, "run/1/poster.png");

        (await rig.RunAsync(rig.Claim(Link))).ShouldBeOfType<AttemptOutcome.Succeeded>();

        rig.Fetcher.Fetches.ShouldBe(0);
    }

    [Fact]
    public async Task Our_own_link_of_another_organisation_is_refused_without_a_fetch()
    {
        using var rig = new Rig();
        const string Link = "https://kinema.example/files/poster.png";
        rig.Fetcher.Files[Link] = Cat;
        rig.Links.Targets[Link] = new SignedTarget.Artifact(_assetId, "run/1/poster.png");

        (await FailureAsync(rig, Link)).Code.ShouldBe(FailureCodes.InputMediaUnreachable);

        rig.Fetcher.Fetches.ShouldBe(0);
    }

    [Fact]
    public async Task A_forged_or_expired_link_of_ours_is_refused_without_a_fetch()
    {
        using var rig = new Rig();
        const string Link = "https://kinema.example/files/poster.png";
        rig.Fetcher.Files[Link] = Cat;
        rig.Links.Targets[Link] = new SignedTarget.Refused();

        (await FailureAsync(rig, Link)).Message.ShouldContain("expired or was changed");

        rig.Fetcher.Fetches.ShouldBe(0);
    }

    private static async Task<RunFailure> FailureAsync(Rig rig, string url) =>
        (await rig.RunAsync(rig.Claim(url))).ShouldBeOfType<AttemptOutcome.Failed>().Failure;

    private static async Task AddAssetAsync(Rig rig, Guid owner, bool confirmed, string source = "upload")
    {
        var stored = (await rig.Contents.PutAsync(owner, new MemoryStream(Cat), long.MaxValue, Rig.Ct))!;
        rig.Assets.Known.Add(new Asset
        {
            Id = _assetId,
            OrgId = owner,
            Name = "cat.png",
            MimeType = "image/png",
            SizeBytes = stored.SizeBytes,
            Digest = stored.Digest,
            SourceType = source,
            CreatedAt = rig.Clock.GetUtcNow(),
            ConfirmedAt = confirmed ? rig.Clock.GetUtcNow() : null,
        });
    }
}
