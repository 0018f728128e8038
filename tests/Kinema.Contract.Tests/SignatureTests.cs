namespace Kinema.Contract.Tests;

/// <summary>Signatures as a receiver sees them while secrets come and go.</summary>
public sealed class SignatureTests
{
    [Fact]
    public async Task A_callback_without_a_secret_is_not_signed_and_still_carries_the_request_id()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scene = await Scene.StartAsync();
        var callback = await scene.RunToCallbackAsync(ct);

        callback.Headers.ContainsKey("Runflow-Signature").ShouldBeFalse();
        callback.Headers.ContainsKey("webhook-signature").ShouldBeFalse();
        callback.Headers["Runflow-Request-Id"].ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_body_changed_on_the_way_is_refused_by_both_verifiers()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scene = await Scene.StartAsync();
        var secret = await scene.CreateSecretAsync(ct);
        var callback = await scene.RunToCallbackAsync(ct);
        var body = callback.Body.ToArray();
        body[^2] ^= 1;

        (await SignatureVerdicts.AskAsync(secret, callback with { Body = body }, ct)).ShouldBe(new SignatureVerdicts(Page: false, Standard: false, Svix: false));
    }

    [Fact]
    public async Task Metadata_comes_back_character_for_character()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scene = await Scene.StartAsync();
        const string metadata = """{"order": 42,  "ratio": 1.50, "name":"caf\u00e9 ☕", "deep": {"a":[1, 2 ,3]}}""";
        var callback = await scene.RunToCallbackAsync(ct, metadata);

        System.Text.Encoding.UTF8.GetString(callback.Body).ShouldContain($"\"metadata\":{metadata}");
    }
}
