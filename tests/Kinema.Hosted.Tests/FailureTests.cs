using System.Text.Json.Nodes;
using Kinema.Core.Upstream;
using Kinema.Hosted.DashScope;

namespace Kinema.Hosted.Tests;

public sealed class FailureTests
{
    /// <summary>Codes and messages: alibabacloud.com/help/en/model-studio/error-code.</summary>
    [Theory]
    [InlineData(401, "InvalidApiKey", "Invalid API-key provided.", "PROVIDER_AUTH")]
    [InlineData(403, "AccessDenied", "Access denied.", "PROVIDER_AUTH")]
    [InlineData(403, "AccessDenied.Unpurchased", "Access to model denied.", "PROVIDER_AUTH")]
    [InlineData(403, "Model.AccessDenied", "Model access denied.", "PROVIDER_AUTH")]
    [InlineData(404, "ModelNotFound", "Model not exist.", "PROVIDER_AUTH")]
    [InlineData(400, "Arrearage", "Access denied, please make sure your account is in good standing.", "PROVIDER_BALANCE")]
    [InlineData(403, "AllocationQuota.FreeTierOnly", "The free tier of the model has been exhausted.", "PROVIDER_BALANCE")]
    [InlineData(429, "Throttling", "Requests throttling triggered.", "PROVIDER_RATE_LIMITED")]
    [InlineData(429, "Throttling.RateQuota", "Requests rate limit exceeded, please try again later.", "PROVIDER_RATE_LIMITED")]
    [InlineData(429, "Throttling.AllocationQuota", "Allocated quota exceeded, please increase your quota limit.", "PROVIDER_RATE_LIMITED")]
    [InlineData(400, "DataInspectionFailed", "Input data may contain inappropriate content.", "CONTENT_REJECTED")]
    [InlineData(400, "IPInfringementSuspect", "Input data is suspected of being involved in IP infringement.", "CONTENT_REJECTED")]
    [InlineData(400, "InvalidParameter.DataInspection", "Download the media resource timed out during the data inspection process.", "INPUT_MEDIA_UNREACHABLE")]
    [InlineData(400, "InvalidParameter", "url error, please check url!", "INPUT_MEDIA_UNREACHABLE")]
    [InlineData(400, "InvalidURL", "The request URL is invalid.", "INPUT_MEDIA_UNREACHABLE")]
    [InlineData(400, "InvalidParameter", "The image width must be between 240 and 8000.", "INPUT_MEDIA_INVALID")]
    [InlineData(400, "InvalidFile.Format", "The format of the file is not supported.", "INPUT_MEDIA_INVALID")]
    [InlineData(400, "InvalidFile.Size", "The file size exceeds 20 MB.", "INPUT_MEDIA_TOO_LARGE")]
    [InlineData(400, "InvalidParameter", "duration must be an integer.", "ENGINE_FAILED")]
    [InlineData(200, "InvalidParameter", "Field required: input.media", "ENGINE_FAILED")]
    [InlineData(500, "InternalError", "An internal error has occured.", "PROVIDER_INTERNAL")]
    [InlineData(500, "InternalError.Algo", "Inference error.", "PROVIDER_INTERNAL")]
    [InlineData(500, "RequestTimeOut", "Request timed out.", "PROVIDER_TIMEOUT")]
    [InlineData(200, "SomethingNew", "Who knows.", "PROVIDER_INTERNAL")]
    public void Each_error_is_a_failure_that_a_caller_can_act_on(int status, string code, string message, string failure) =>
        Failures.Of(new(code, message, status), HostedRig.Key).Code.ShouldBe(failure);

    [Theory]
    [InlineData("cannot read https://b.oss.com/a.png?Expires=1&Signature=abc%2F now", "cannot read [address] now")]
    [InlineData("oss://dir/file.png is gone", "[address] is gone")]
    [InlineData("Incorrect key: sk-abcd****1234.", "Incorrect key: [key].")]
    [InlineData("key " + HostedRig.Key + " given", "key [key] given")]
    [InlineData("bad data:image/png;base64,AAAA== here", "bad [address] here")]
    [InlineData("two\nlines\u0000and\u202e more", "two lines and  more")]
    public void A_message_carries_no_secret_and_no_signed_address(string words, string shown) => Scrub.Of(words, HostedRig.Key).ShouldBe(shown);

    [Fact]
    public void A_long_message_is_cut() => Scrub.Of(new string('a', 5000), null).Length.ShouldBe(301);

    [Fact]
    public async Task A_refused_submit_fails_the_run_and_holds_nothing()
    {
        await using var rig = await HostedRig.StartAsync();
        foreach (var (status, code, failure) in ((int, string, string)[])
        [
            (401, "InvalidApiKey", "PROVIDER_AUTH"), (400, "Arrearage", "PROVIDER_BALANCE"), (400, "DataInspectionFailed", "CONTENT_REJECTED"), (200, "Arrearage", "PROVIDER_BALANCE"),
        ])
        {
            await rig.Fake.FaultAsync(HostedRig.Submit, "status", new() { ["status"] = status, ["body"] = new JsonObject { ["code"] = code, ["message"] = "no", ["request_id"] = "r" } });

            (await rig.FailureOfAsync(rig.Request() with { Key = code + status })).Code.ShouldBe(failure);
            (await rig.Tasks.FindAsync(code + status, TestContext.Current.CancellationToken)).ShouldNotBeNull().State.ShouldBe(UpstreamState.Rejected);
        }

        (await rig.Tasks.ReadSpendAsync("acme", TestContext.Current.CancellationToken)).InAll.Micros.ShouldBe(0);
        (await rig.Fake.TasksAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failed_task_fails_the_run_and_costs_nothing()
    {
        await using var rig = await HostedRig.StartAsync();
        foreach (var (code, message, failure) in ((string, string, string)[])
        [
            ("DataInspectionFailed", "Output data may contain inappropriate content.", "CONTENT_REJECTED"), ("InternalError", "An internal error has occured.", "PROVIDER_INTERNAL"),
            ("InvalidParameter", "url error, please check url!", "INPUT_MEDIA_UNREACHABLE"), ("Throttling", "Too busy.", "PROVIDER_RATE_LIMITED"),
        ])
        {
            await rig.Fake.FaultAsync(HostedRig.Submit, "fail", new() { ["code"] = code, ["message"] = message });

            var thrown = await rig.FailureOfAsync(rig.Request() with { Key = code });

            (thrown.Code, thrown.Message.Contains(message, StringComparison.Ordinal)).ShouldBe((failure, true));
        }

        (await rig.Tasks.ReadSpendAsync("acme", TestContext.Current.CancellationToken)).InAll.Micros.ShouldBe(0);
        (await rig.Fake.TasksAsync()).Count.ShouldBe(4);
    }
}
