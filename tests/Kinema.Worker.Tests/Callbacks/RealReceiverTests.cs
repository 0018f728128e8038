using Kinema.Core.Callbacks;
using Kinema.Outbound;
using Kinema.TestSupport;
using Kinema.Worker.Callbacks;
using Kinema.Worker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Worker.Tests.Callbacks;

/// <summary>The dispatcher, the real sender and a real receiver; only the outbox is in memory.</summary>
public sealed class RealReceiverTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_receiver_that_is_away_once_gets_the_same_body_again()
    {
        await using var receiver = await CallbackReceiver.StartAsync(CallbackAnswer.Status(503), CallbackAnswer.Status(200));

        var row = await DispatchAsync(receiver.Url);

        (row.Status, row.AttemptCount).ShouldBe(("delivered", 2));
        receiver.Requests.Count.ShouldBe(2);
        receiver.Requests[1].Body.ShouldBe(receiver.Requests[0].Body);
        receiver.Requests[1].Headers["webhook-id"].ShouldBe(receiver.Requests[0].Headers["webhook-id"]);
        receiver.Requests[0].Headers["User-Agent"].ShouldBe("Kinema");
    }

    [Fact]
    public async Task A_receiver_that_cuts_the_connection_is_tried_three_times()
    {
        await using var receiver = await CallbackReceiver.StartAsync(CallbackAnswer.Reset);

        var row = await DispatchAsync(receiver.Url);

        (row.Status, row.FailureReasonCode, row.AttemptCount).ShouldBe(("failed", "unreachable", 3));
    }

    [Fact]
    public async Task A_receiver_that_hangs_is_a_time_out()
    {
        await using var receiver = await CallbackReceiver.StartAsync(CallbackAnswer.Hang, CallbackAnswer.Status(200));

        var row = await DispatchAsync(receiver.Url);

        row.Status.ShouldBe("delivered");
        row.Attempts[0].ErrorMessage.ShouldBe("The receiver did not answer in time.");
    }

    [Fact]
    public async Task A_redirect_ends_the_delivery_and_is_not_followed()
    {
        await using var elsewhere = await CallbackReceiver.StartAsync();
        await using var receiver = await CallbackReceiver.StartAsync(CallbackAnswer.Redirect(elsewhere.Url));

        var row = await DispatchAsync(receiver.Url);

        (row.Status, row.FailureReasonCode, row.AttemptCount).ShouldBe(("failed", "rejected", 1));
        elsewhere.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_receiver_that_answers_without_end_has_answered()
    {
        await using var receiver = await CallbackReceiver.StartAsync(CallbackAnswer.Flood(1L << 30));

        (await DispatchAsync(receiver.Url)).Status.ShouldBe("delivered");
    }

    /// <summary>Runs the dispatcher until the one delivery has ended.</summary>
    private static async Task<Delivery> DispatchAsync(Uri url)
    {
        using var outbound = new ServiceCollection()
            .AddLogging()
            .AddKinemaOutbound()
            .Configure<OutboundOptions>(o =>
            {
                o.Callbacks.Allow.Add("127.0.0.0/8");
                o.Callbacks.ResponseTimeoutSeconds = 1;
            })
            .BuildServiceProvider();
        var outbox = new FakeOutbox(TimeProvider.System);
        using var rig = new Rig(configure: services => services
            .AddSingleton<ICallbackOutbox>(outbox)
            .AddSingleton(outbound.GetRequiredService<ICallbackSender>())
            .Configure<CallbackOptions>(o => (o.RetryDelaySeconds, o.PollMilliseconds) = (0.01, 10)));
        outbox.Add(url.AbsoluteUri);
        using var dispatcher = rig.Hosted<CallbackDispatcher>();

        await dispatcher.StartAsync(Ct);
        while (outbox.Rows[0].Status == "pending")
            await Task.Delay(5, Ct);
        rig.Lifetime.StopApplication();
        await dispatcher.StopAsync(Ct);
        return outbox.Rows[0];
    }
}
