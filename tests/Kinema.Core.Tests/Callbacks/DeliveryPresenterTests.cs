using System.Text;
using Kinema.Core.Assets;
using Kinema.Core.Callbacks;
using Kinema.Core.Tests.Runs;

namespace Kinema.Core.Tests.Callbacks;

public sealed class DeliveryPresenterTests
{
    private static readonly DateTimeOffset _now = new(2026, 5, 6, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_delivery_has_the_documented_fields_and_the_exact_bytes_that_were_signed()
    {
        var payload = Encoding.UTF8.GetBytes("""{"event":"run.completed", "metadata":{ "a":1.0 }}""");
        var delivery = new Delivery
        {
            Id = SampleRuns.Id,
            OrgId = SampleRuns.Id,
            RunId = SampleRuns.Id,
            CallbackUrl = "https://your-server.com/webhook",
            Payload = payload,
            RequestId = "req_1",
            IsAutomatic = true,
            Status = "failed",
            FailureReasonCode = "server_error",
            AttemptCount = 1,
            MaxAttempts = 3,
            CreatedAt = _now,
            UpdatedAt = _now,
            Attempts = [new(SampleRuns.Id, 1, 500, "oops", 12, null, _now)],
        };

        var record = SampleRuns.Json(DeliveryPresenter.Present(delivery));

        SampleRuns.Names(record).ShouldBe(
            [
                "id", "run_id", "callback_url", "payload_bytes", "payload", "signing_secret_id", "is_automatic", "status_code", "failure_reason_code",
                "failure_detail", "attempt_count", "max_attempts", "next_attempt_at", "created_at", "updated_at", "completed_at", "attempts",
                "paused_at",
            ]);
        record.GetProperty("payload_bytes").GetBytesFromBase64().ShouldBe(payload);
        record.GetProperty("payload").GetRawText().ShouldBe(Encoding.UTF8.GetString(payload));
        SampleRuns.Names(record.GetProperty("attempts")[0]).ShouldBe(
            ["id", "delivery_id", "attempt_number", "status_code", "response_body", "response_time_ms", "error_message", "created_at"]);
    }

    [Fact]
    public void A_secret_is_shown_in_full_only_in_the_answer_that_creates_it()
    {
        var secret = new CallbackSecret { Id = SampleRuns.Id, OrgId = SampleRuns.Id, KeyPrefix = "whsec_ab", IsCurrent = true, CreatedAt = _now, UpdatedAt = _now };
        string[] documented = ["id", "org_id", "key_prefix", "is_current", "label", "disabled_at", "last_used_at", "created_at", "updated_at"];

        SampleRuns.Names(SampleRuns.Json(CallbackSecretPresenter.Present(secret))).ShouldBe(documented);
        CallbackSecretPresenter.List.Schema.Members.ShouldBe(documented);
        SampleRuns.Json(CallbackSecretPresenter.PresentCreated(secret, "whsec_x")).GetProperty("plain_secret").GetString().ShouldBe("whsec_x");
    }

    [Fact]
    public void An_asset_has_the_documented_fields_and_a_url_once_it_is_confirmed()
    {
        var presenter = new AssetPresenter(new SampleRuns.PlainUrls());
        var asset = new Asset { Id = SampleRuns.Id, OrgId = SampleRuns.Id, Name = "a.png", MimeType = "image/png", SizeBytes = 3, SourceType = "upload", CreatedAt = _now };

        SampleRuns.Names(SampleRuns.Json(presenter.Present(asset))).ShouldBe(
            [
                "id", "org_id", "folder_id", "name", "r2_key", "url", "thumbnail_url", "mime_type", "size_bytes", "asset_type", "source_type", "source_id",
                "created_by", "created_at", "updated_at", "deleted_at", "deleted_by", "created_by_user",
            ]);
        SampleRuns.Json(presenter.Present(asset)).GetProperty("url").GetString().ShouldBeNull();
        SampleRuns.Json(presenter.Present(asset with { ConfirmedAt = _now })).GetProperty("url").GetString().ShouldNotBeNull().ShouldStartWith("https://");
        SampleRuns.Names(SampleRuns.Json(presenter.PresentUpload(asset))).ShouldBe(["asset_id", "upload_url"]);
    }
}
