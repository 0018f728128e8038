using System.Security.Cryptography;
using System.Text;
using Kinema.Core.Callbacks;
using Kinema.Outbound;
using Kinema.Worker.Callbacks;
using Kinema.Worker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Kinema.Worker.Tests.Callbacks;

public sealed class DeliveryTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly FakeSender _sender = new();
    private readonly FakeSecrets _secrets = new();
    private readonly FakeOutbox _outbox;
    private readonly Rig _rig;

    public DeliveryTests()
    {
        _outbox = new(_clock);
        _rig = new(_clock, services => services
            .AddSingleton<ICallbackOutbox>(_outbox)
            .AddSingleton<ICallbackSender>(_sender)
            .AddSingleton<ICallbackSecrets>(_secrets));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    public async Task Any_2xx_answer_ends_the_delivery(int status)
    {
        _sender.Answer = (_, _) => FakeSender.Reply(status);

        var row = await DeliverAsync();

        (row.Status, row.AttemptCount, row.NextAttemptAt).ShouldBe(("delivered", 1, null));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(429)]
    public async Task A_3xx_or_4xx_answer_is_final(int status)
    {
        _sender.Answer = (_, _) => FakeSender.Reply(status);

        var row = await DeliverAsync();

        (row.Status, row.FailureReasonCode, row.NextAttemptAt).ShouldBe(("failed", "rejected", null));
        row.Attempts.ShouldHaveSingleItem().HttpStatusCode.ShouldBe(status);
    }

    [Theory]
    [InlineData(500, "server_error")]
    [InlineData(503, "server_error")]
    [InlineData(null, "unreachable")]
    public async Task A_5xx_answer_or_none_is_tried_three_times_after_one_and_two_seconds(int? status, string reason)
    {
        _sender.Answer = (_, _) => FakeSender.Reply(status);
        var began = _clock.GetUtcNow();

        var first = await DeliverAsync();
        (first.Status, first.NextAttemptAt).ShouldBe(("pending", began.AddSeconds(1)));
        _clock.Advance(TimeSpan.FromSeconds(1));
        var second = await AgainAsync(first);
        (second.Status, second.NextAttemptAt).ShouldBe(("pending", began.AddSeconds(3)));
        _clock.Advance(TimeSpan.FromSeconds(2));
        var third = await AgainAsync(second);

        (third.Status, third.FailureReasonCode, third.AttemptCount).ShouldBe(("failed", reason, 3));
    }

    [Fact]
    public async Task The_body_is_the_same_on_every_attempt()
    {
        _sender.Answer = (_, _) => FakeSender.Reply(503);

        await AgainAsync(await AgainAsync(await DeliverAsync()));

        _sender.Sent.Count.ShouldBe(3);
        _sender.Sent.Select(m => Encoding.UTF8.GetString(m.Body.Span)).ShouldBe(Enumerable.Repeat("{\"ok\": true}", 3));
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_is_a_time_out_and_is_tried_again()
    {
        _sender.Answer = (_, _) => Task.FromResult(new CallbackReply(null, null, TimedOut: true, 10_000));

        var row = await DeliverAsync();

        (row.Status, row.FailureReasonCode).ShouldBe(("pending", "timeout"));
    }

    [Fact]
    public async Task Every_attempt_is_signed_by_the_current_secret()
    {
        var id = Guid.CreateVersion7(_clock.GetUtcNow());
        _secrets.Live.Add(new(id, "whsec_" + Convert.ToBase64String(new byte[32]), IsCurrent: true));

        var row = await DeliverAsync();

        row.SigningSecretId.ShouldBe(id);
        _sender.Sent[0].Headers.Select(h => h.Key).ShouldContain(CallbackSigner.SignatureHeader);
    }

    [Fact]
    public async Task A_secret_that_cannot_be_decrypted_ends_every_attempt_visibly_and_then_the_delivery()
    {
        _secrets.Problem = new CallbackSecretException("whsec_abcd", new CryptographicException("The tag does not match."));

        var first = await DeliverAsync();
        var last = await AgainAsync(await AgainAsync(first));

        (first.Status, first.FailureReasonCode).ShouldBe(("pending", "secret_unreadable"));
        (last.Status, last.FailureReasonCode, last.AttemptCount).ShouldBe(("failed", "secret_unreadable", 3));
        last.Attempts.ShouldAllBe(a => a.ErrorMessage!.StartsWith("The callback secret whsec_abcd… cannot be decrypted by this server."));
        _sender.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whatever_breaks_an_attempt_is_recorded_without_its_details()
    {
        _sender.Answer = (_, _) => throw new InvalidOperationException("at /home/operator/secret");

        var row = await DeliverAsync();

        (row.Status, row.FailureReasonCode).ShouldBe(("pending", "internal_error"));
        row.Attempts.ShouldHaveSingleItem().ErrorMessage.ShouldBe("The server could not send the callback; its log says why.");
    }

    [Fact]
    public async Task The_dispatcher_stops_after_three_attempts_with_a_secret_that_cannot_be_decrypted()
    {
        _secrets.Problem = new CallbackSecretException("whsec_abcd", new CryptographicException());
        var delivery = _outbox.Add("https://receiver.example/hook");
        using var dispatcher = _rig.Hosted<CallbackDispatcher>();

        await dispatcher.StartAsync(Ct);
        while (_outbox.Rows.Single(r => r.Id == delivery.Id).Status == "pending")
        {
            Ct.ThrowIfCancellationRequested();
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        _outbox.Rows.Single(r => r.Id == delivery.Id).AttemptCount.ShouldBe(3);
        _rig.Lifetime.StopApplication();
        await dispatcher.StopAsync(Ct);
    }

    [Fact]
    public async Task A_row_that_allows_one_attempt_gets_one()
    {
        _sender.Answer = (_, _) => FakeSender.Reply(500);

        (await DeliverAsync(maxAttempts: 1)).Status.ShouldBe("failed");
    }

    [Fact]
    public async Task A_receiver_that_hangs_has_two_in_flight_and_holds_up_nobody()
    {
        _sender.Answer = async (message, ct) =>
        {
            if (message.Url.Contains("dead.example", StringComparison.Ordinal))
                await Task.Delay(Timeout.Infinite, ct);
            return new(200, null, false, 0);
        };
        for (var i = 0; i < 100; i++)
            _outbox.Add($"https://dead.example/{i}");
        var healthy = _outbox.Add("https://healthy.example/");
        using var dispatcher = _rig.Hosted<CallbackDispatcher>();

        await dispatcher.StartAsync(Ct);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (_outbox.Rows.Single(r => r.Id == healthy.Id).Status != "delivered" || SentToDead() < 2)
            await Task.Delay(1, patience.Token);

        SentToDead().ShouldBe(2);
        _rig.Lifetime.StopApplication();
        var stopping = dispatcher.StopAsync(Ct);
        while (!stopping.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        _outbox.Rows.Count(r => r.Status == "pending").ShouldBe(100);
        dispatcher.ExecuteTask!.Status.ShouldBe(TaskStatus.RanToCompletion);

        int SentToDead() => _sender.Sent.Count(m => m.Url.Contains("dead.example", StringComparison.Ordinal));
    }

    private async Task<Delivery> DeliverAsync(int maxAttempts = 3) => await AgainAsync(_outbox.Add("https://receiver.example/hook", maxAttempts));

    private async Task<Delivery> AgainAsync(Delivery delivery)
    {
        await _rig.Get<DeliverCallback>().HandleAsync(delivery, Ct);
        return _outbox.Rows.Single(r => r.Id == delivery.Id);
    }
}
