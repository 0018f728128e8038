using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Kinema.TestSupport;

namespace Kinema.Contract.Tests;

/// <summary>The steps of docs/callbacks.md, as receivers see them: one that reads only Runflow-Signature, and those of the packages standardwebhooks and svix.</summary>
public sealed class RotationTests
{
    [Fact]
    public async Task A_receiver_that_knows_both_secrets_in_time_never_sees_a_bad_signature()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scene = await Scene.StartAsync();
        var old = await scene.NewSecretAsync(ct);
        await ShouldAcceptAsync(scene, [old.Text], [old.Text], ct);

        // 1: create. 2: add it to the receiver.
        var fresh = await scene.NewSecretAsync(ct);
        await ShouldAcceptAsync(scene, [old.Text], [old.Text, fresh.Text], ct);
        await ShouldAcceptAsync(scene, [old.Text, fresh.Text], [old.Text, fresh.Text], ct);

        // 3: make it current. 4: remove the old one from the receiver.
        await MakeCurrentAsync(scene, fresh.Id, ct);
        await ShouldAcceptAsync(scene, [old.Text, fresh.Text], [old.Text, fresh.Text], ct);
        await ShouldAcceptAsync(scene, [fresh.Text], [old.Text, fresh.Text], ct);

        // 5: delete the old one.
        (await scene.Server.Client.DeleteAsync($"/v1/callback-secrets/{old.Id}", ct)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var last = await ShouldAcceptAsync(scene, [fresh.Text], [fresh.Text], ct);
        (await SignatureVerdicts.AskAsync(old.Text, last, ct)).ShouldBe(new SignatureVerdicts(Page: false, Standard: false, Svix: false));
    }

    [Fact]
    public async Task A_receiver_that_can_hold_one_secret_is_changed_during_a_pause()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scene = await Scene.StartAsync();
        var old = await scene.NewSecretAsync(ct);
        await ShouldAcceptAsync(scene, [old.Text], [old.Text], ct);
        var sent = scene.Receiver.Requests.Count;

        // 1: create. 2: pause.
        var fresh = await scene.NewSecretAsync(ct);
        (await PauseAsync(scene, HttpMethod.Put, ct))["paused_at"].ShouldNotBeNull();
        var run = await scene.CreateRunAsync(ct);
        var waiting = await WaitingDeliveryAsync(scene, run, ct);
        waiting["attempt_count"]!.GetValue<int>().ShouldBe(0);
        waiting["paused_at"].ShouldNotBeNull();

        // 3: make it current and give it to the receiver.
        await MakeCurrentAsync(scene, fresh.Id, ct);
        var state = await PauseAsync(scene, HttpMethod.Get, ct);
        (state["waiting"]!.GetValue<int>(), state["under_way"]!.GetValue<int>()).ShouldBe((1, 0));
        scene.Receiver.Requests.Count.ShouldBe(sent);

        // 4: resume.
        (await PauseAsync(scene, HttpMethod.Delete, ct))["paused_at"].ShouldBeNull();
        await ShouldAcceptAsync(await scene.Receiver.NextAsync(ct), [fresh.Text], [fresh.Text], ct);
        var delivery = await scene.SettledDeliveryAsync(run, ct);
        delivery["status_code"]!.GetValue<string>().ShouldBe("delivered");
        delivery["attempt_count"]!.GetValue<int>().ShouldBe(1);

        // 5: delete the old one.
        (await scene.Server.Client.DeleteAsync($"/v1/callback-secrets/{old.Id}", ct)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await ShouldAcceptAsync(scene, [fresh.Text], [fresh.Text], ct);
    }

    private static async Task<ReceivedCallback> ShouldAcceptAsync(Scene scene, IReadOnlyList<string> ofPage, IReadOnlyList<string> ofStandard, CancellationToken ct)
    {
        var callback = await scene.RunToCallbackAsync(ct);
        await ShouldAcceptAsync(callback, ofPage, ofStandard, ct);
        return callback;
    }

    /// <param name="callback">What arrived.</param>
    /// <param name="ofPage">The secrets of a receiver that reads only Runflow-Signature; one of them must verify it.</param>
    /// <param name="ofStandard">Secrets of receivers of Standard Webhooks; each of them must.</param>
    /// <param name="ct">Ends the test.</param>
    private static async Task ShouldAcceptAsync(ReceivedCallback callback, IReadOnlyList<string> ofPage, IReadOnlyList<string> ofStandard, CancellationToken ct)
    {
        var verdicts = new Dictionary<string, SignatureVerdicts>();
        foreach (var secret in ofPage.Union(ofStandard))
            verdicts[secret] = await SignatureVerdicts.AskAsync(secret, callback, ct);

        ofPage.ShouldContain(secret => verdicts[secret].Page);
        ofStandard.ShouldAllBe(secret => verdicts[secret].Standard && verdicts[secret].Svix);
    }

    private static async Task MakeCurrentAsync(Scene scene, string id, CancellationToken ct)
    {
        using var response = await scene.Server.Client.PatchAsJsonAsync($"/v1/callback-secrets/{id}", new { is_current = true }, ct);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<JsonObject> PauseAsync(Scene scene, HttpMethod method, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, "/v1/callback-pause");
        using var response = await scene.Server.Client.SendAsync(request, ct);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await response.Content.ReadFromJsonAsync<JsonObject>(ct))!;
    }

    /// <summary>The run's one delivery, once the run has ended.</summary>
    private static async Task<JsonObject> WaitingDeliveryAsync(Scene scene, string runId, CancellationToken ct)
    {
        while (true)
        {
            var deliveries = (await scene.Server.Client.GetFromJsonAsync<JsonArray>($"/v1/runs/{runId}/callback", ct))!;
            if (deliveries.Count > 0)
                return deliveries[0]!.AsObject();
            await Task.Delay(50, ct);
        }
    }
}
