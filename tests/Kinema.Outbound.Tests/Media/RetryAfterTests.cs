using System.Globalization;
using Kinema.Outbound.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Kinema.Outbound.Tests.Media;

public sealed class RetryAfterTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(429, "Retry-After: 7", 7)]
    [InlineData(503, "Retry-After: 7", 7)]
    [InlineData(503, "Retry-After: 0", 0)]
    [InlineData(429, "Retry-After: Tue, 01 Jan 2030 00:00:20 GMT", 20)]
    [InlineData(429, "Retry-After: Mon, 31 Dec 2029 23:00:00 GMT", 0)]
    [InlineData(503, "Date: Tue, 01 Jan 2030 05:00:00 GMT\r\nRetry-After: Tue, 01 Jan 2030 05:00:09 GMT", 9)]
    public async Task A_host_that_asks_to_wait_is_asked_again_after_that_time(int status, string header, int seconds)
    {
        await using var host = LoopbackListener.AnsweringInTurn(Busy(status, header), LoopbackListener.Ok("file"));

        var (result, bytes, took) = await FetchAsync(host);

        result.ShouldBe(FetchResult.Fetched);
        bytes.ShouldBe("file"u8.ToArray());
        // One second of jitter, and the clock of this test goes on while the work is done.
        took.ShouldBeInRange(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds + 10));
        host.Requests.ShouldBe([host.Requests[0], host.Requests[0]]);
    }

    [Fact]
    public async Task A_host_that_stays_busy_is_tried_three_times()
    {
        await using var host = LoopbackListener.Answering(Busy(503, "Retry-After: 2"));

        var (result, _, _) = await FetchAsync(host);

        result.Outcome.ShouldBe(FetchOutcome.Unreachable);
        result.Reason.ShouldNotBeNull().ShouldMatch("^the host answered 503 with 0 bytes and asked to wait 2 s after 3 tries, with [0-9]+ s left; create the run again later$");
        host.Accepted.ShouldBe(3);
    }

    [Theory]
    [InlineData("Retry-After: 45", 45)]
    [InlineData("Retry-After: 3600", 3600)]
    [InlineData("Retry-After: 2147483647", 2147483647)]
    [InlineData("Retry-After: Tue, 01 Jan 2030 00:02:00 GMT", 120)]
    public async Task A_wait_that_does_not_fit_fails_at_once_and_is_told(string header, int seconds)
    {
        await using var host = LoopbackListener.Answering(Busy(429, header));
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"), clock: _clock);

        // The clock stands still: a wait would never end.
        var (result, _) = await guard.FetchAsync($"http://127.0.0.1:{host.Port}/");

        result.ShouldBe(new FetchResult(
            FetchOutcome.Unreachable,
            string.Create(
                CultureInfo.InvariantCulture,
                $"the host answered 429 with 0 bytes and asked to wait {seconds} s after 1 try, with 45 s left; create the run again later")));
        host.Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task A_wait_that_fits_the_fetch_but_not_the_phase_fails_at_once()
    {
        await using var host = LoopbackListener.Answering(Busy(429, "Retry-After: 30"));
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"), clock: _clock);

        var (result, _) = await guard.FetchAsync($"http://127.0.0.1:{host.Port}/", timeLeft: TimeSpan.FromSeconds(20.5));

        result.Reason.ShouldNotBeNull().ShouldContain("asked to wait 30 s after 1 try, with 20 s left");
    }

    [Fact]
    public async Task Waits_add_up_against_the_time_of_the_fetch()
    {
        await using var host = LoopbackListener.Answering(Busy(429, "Retry-After: 25"));

        var (result, _, took) = await FetchAsync(host);

        result.Reason.ShouldNotBeNull().ShouldContain("asked to wait 25 s after 2 tries, with ");
        took.ShouldBeLessThan(TimeSpan.FromSeconds(45));
        host.Accepted.ShouldBe(2);
    }

    [Theory]
    [InlineData(429, "X: y")]
    [InlineData(503, "Retry-After: soon")]
    [InlineData(503, "Retry-After: -1")]
    [InlineData(500, "Retry-After: 1")]
    [InlineData(403, "Retry-After: 1")]
    public async Task An_answer_that_asks_for_no_second_try_gets_none(int status, string header)
    {
        await using var host = LoopbackListener.AnsweringInTurn(Busy(status, header), LoopbackListener.Ok("file"));

        var (result, _, _) = await FetchAsync(host);

        result.Reason.ShouldNotBeNull().ShouldStartWith($"the host answered {status}");
        host.Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task With_retries_set_to_none_a_busy_host_is_asked_once()
    {
        await using var host = LoopbackListener.AnsweringInTurn(Busy(503, "Retry-After: 1"), LoopbackListener.Ok("file"));
        await using var guard = new Guard(options =>
        {
            options.Media.Allow.Add("127.0.0.1/32");
            options.Media.MaxRetries = 0;
        });

        (await guard.FetchAsync($"http://127.0.0.1:{host.Port}/")).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);
        host.Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task A_busy_host_behind_a_redirect_is_asked_again_where_it_is_and_judged_anew()
    {
        await using var target = LoopbackListener.AnsweringInTurn(Busy(429, "Retry-After: 1"), LoopbackListener.Ok("file"));
        await using var start = LoopbackListener.Answering(LoopbackListener.Redirect($"http://flip.test:{target.Port}/"));
        await using var guard = new Guard(
            Guard.Opening($"127.0.0.1/32:{start.Port}", $"127.0.0.1/32:{target.Port}"), (_, lookUp) => lookUp == 1 ? ["127.0.0.1"] : ["127.0.0.2"], _clock);

        var ((result, _), _) = await _clock.UntilAsync(guard.FetchAsync($"http://127.0.0.1:{start.Port}/"));

        // Its name leads to a forbidden address by now.
        result.ShouldBe(FetchResult.Unreachable);
        (start.Accepted, target.Accepted).ShouldBe((1, 1));
    }

    [Fact]
    public async Task No_connection_is_held_during_the_wait()
    {
        var hungUp = new TaskCompletionSource();
        await using var host = BusyOnce(hungUp);
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"), clock: _clock);

        var fetch = guard.FetchAsync($"http://127.0.0.1:{host.Port}/");
        await hungUp.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        host.Accepted.ShouldBe(1);

        var ((result, _), _) = await _clock.UntilAsync(fetch);
        result.ShouldBe(FetchResult.Fetched);
    }

    [Fact]
    public async Task Cancelling_the_caller_ends_the_wait()
    {
        using var stop = new CancellationTokenSource();
        var hungUp = new TaskCompletionSource();
        await using var host = BusyOnce(hungUp);
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"), clock: _clock);

        // The clock stands still: only cancelling ends the wait.
        var fetch = guard.FetchIntoAsync($"http://127.0.0.1:{host.Port}/", Stream.Null, stop.Token);
        await hungUp.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => fetch);
    }

    /// <summary>Asks the first caller to wait, tells when that one has hung up, and serves every other.</summary>
    private static LoopbackListener BusyOnce(TaskCompletionSource hungUp) => new(async connection =>
    {
        await connection.ReadRequestAsync();
        if (connection.Number > 1)
        {
            await connection.WriteAsync(LoopbackListener.Ok("file"));
            return;
        }

        await connection.WriteAsync(Busy(429, "Retry-After: 5"));
        await connection.WaitForHangUpAsync();
        hungUp.SetResult();
    });

    private static string Busy(int status, string header) => $"HTTP/1.1 {status} Busy\r\n{header}\r\nContent-Length: 0\r\n\r\n";

    private async Task<(FetchResult Result, byte[] Bytes, TimeSpan Took)> FetchAsync(LoopbackListener host)
    {
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"), clock: _clock);
        var ((result, bytes), took) = await _clock.UntilAsync(guard.FetchAsync($"http://127.0.0.1:{host.Port}/"));
        return (result, bytes, took);
    }
}
