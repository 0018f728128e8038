using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Kinema.TestSupport;

namespace Kinema.Contract.Tests;

/// <summary>The receiver's response determines further attempts, and every attempt stays readable.</summary>
public sealed class CallbackRuleTests
{
    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    public async Task A_success_is_delivered_once(int status) => await ShouldEndAsync("delivered", attempts: 1, CallbackAnswer.Status(status));

    [Theory]
    [InlineData(400)]
    [InlineData(410)]
    public async Task A_refusal_is_final(int status) => await ShouldEndAsync("failed", attempts: 1, CallbackAnswer.Status(status));

    [Fact]
    public async Task A_redirect_is_final_and_not_followed()
    {
        await using var elsewhere = await CallbackReceiver.StartAsync();
        await ShouldEndAsync("failed", attempts: 1, CallbackAnswer.Redirect(elsewhere.Url));
        elsewhere.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_error_is_tried_three_times_with_the_same_body() =>
        await ShouldEndAsync("failed", attempts: 3, CallbackAnswer.Status(500));

    [Fact]
    public async Task A_receiver_that_is_back_at_the_second_attempt_gets_it() =>
        await ShouldEndAsync("delivered", attempts: 2, CallbackAnswer.Status(503), CallbackAnswer.Status(200));

    [Fact]
    public async Task A_connection_that_breaks_is_tried_three_times() => await ShouldEndAsync("failed", attempts: 3, CallbackAnswer.Reset);

    [Fact]
    public async Task A_flood_in_the_answer_is_delivered_and_not_read() => await ShouldEndAsync("delivered", attempts: 1, CallbackAnswer.Flood(1L << 30));

    [Fact]
    public async Task A_given_up_callback_can_be_sent_again()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scene = await Scene.StartAsync(CallbackAnswer.Status(410), CallbackAnswer.Status(200));
        var run = await scene.CreateRunAsync(ct);
        (await scene.SettledDeliveryAsync(run, ct))["status_code"]!.GetValue<string>().ShouldBe("failed");

        using var again = await scene.Server.Client.PostAsync($"/v1/runs/{run}/callback-redeliveries", null, ct);
        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        var settled = await scene.SettledDeliveryAsync(run, ct);

        settled["status_code"]!.GetValue<string>().ShouldBe("delivered");
        settled["is_automatic"]!.GetValue<bool>().ShouldBeFalse();
        scene.Receiver.Requests.Count.ShouldBe(2);
    }

    private static async Task ShouldEndAsync(string status, int attempts, params CallbackAnswer[] script)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scene = await Scene.StartAsync(script);
        var run = await scene.CreateRunAsync(ct);
        var delivery = await scene.SettledDeliveryAsync(run, ct);

        delivery["status_code"]!.GetValue<string>().ShouldBe(status, delivery.ToJsonString());
        delivery["attempt_count"]!.GetValue<int>().ShouldBe(attempts);
        delivery["attempts"]!.AsArray().Count.ShouldBe(attempts);
        scene.Receiver.Requests.Count.ShouldBe(attempts);
        scene.Receiver.Requests.Select(r => Convert.ToHexString(r.Body)).Distinct().Count().ShouldBe(1);
        var record = (await scene.Server.Client.GetFromJsonAsync<JsonObject>($"/v1/runs/{run}", ct))!;
        record["status_code"]!.GetValue<string>().ShouldBe("succeeded");
    }
}
