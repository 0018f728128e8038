using Kinema.Outbound.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Kinema.Outbound.Tests.Media;

public sealed class MediaFetcherTests
{
    [Fact]
    public async Task A_body_arrives_byte_for_byte()
    {
        var sent = new byte[300_000];
        new Random(1).NextBytes(sent);
        await using var host = new LoopbackListener(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: {sent.Length}\r\n\r\n");
            await connection.WriteAsync(sent);
        });

        var (result, bytes) = await FetchAsync(host);

        result.Outcome.ShouldBe(FetchOutcome.Fetched);
        bytes.ShouldBe(sent);
    }

    [Fact]
    public async Task The_request_asks_for_the_plain_body_and_carries_nothing_that_tells_about_this_server()
    {
        await using var host = LoopbackListener.Answering(LoopbackListener.Ok("x"));

        await FetchAsync(host, "/a%20b.png?sig=1%2F2");

        var lines = host.Requests.ShouldHaveSingleItem().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("GET /a%20b.png?sig=1%2F2 HTTP/1.1");
        lines[1..].Order(StringComparer.Ordinal).ShouldBe(["Accept-Encoding: identity", "Accept: */*", $"Host: 127.0.0.1:{host.Port}", "User-Agent: Kinema"]);
    }

    [Fact]
    public async Task A_chunked_body_and_one_that_ends_with_the_connection_are_read_to_their_end()
    {
        await using var chunked = LoopbackListener.Answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        await using var closing = LoopbackListener.Answering("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabcde");

        (await FetchAsync(chunked)).Bytes.ShouldBe("abcde"u8.ToArray());
        (await FetchAsync(closing)).Bytes.ShouldBe("abcde"u8.ToArray());
    }

    [Fact]
    public async Task A_body_of_exactly_the_limit_is_fetched()
    {
        await using var host = LoopbackListener.Answering(LoopbackListener.Ok("12345"));

        (await FetchAsync(host, maxBytes: 5)).Result.Outcome.ShouldBe(FetchOutcome.Fetched);
    }

    [Fact]
    public async Task A_content_length_above_the_limit_is_too_large_before_any_byte()
    {
        await using var host = LoopbackListener.Answering(LoopbackListener.Ok("123456"));

        var (result, bytes) = await FetchAsync(host, maxBytes: 5);

        result.Outcome.ShouldBe(FetchOutcome.TooLarge);
        bytes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7FFFFFFF\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 7\r\nTransfer-Encoding: chunked\r\n\r\n7FFFFFFF\r\n")]
    public async Task An_endless_body_is_cut_at_the_limit(string head)
    {
        await using var host = new LoopbackListener(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync(head);
            var block = new byte[100_000];
            while (!connection.Stopping.IsCancellationRequested)
                await connection.WriteAsync(block);
        });

        var (result, bytes) = await FetchAsync(host, maxBytes: 1_000_000);

        result.Outcome.ShouldBe(FetchOutcome.TooLarge);
        bytes.Length.ShouldBeLessThanOrEqualTo(1_000_000);
    }

    [Fact]
    public async Task More_bytes_than_the_content_length_said_are_not_taken()
    {
        await using var host = LoopbackListener.Answering("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdefgh");

        (await FetchAsync(host)).Bytes.ShouldBe("abc"u8.ToArray());
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\nabc\r\n0\r\n\r\n")]
    public async Task A_body_that_breaks_off_is_unreachable(string response)
    {
        await using var host = LoopbackListener.Answering(response);

        (await FetchAsync(host)).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);
    }

    [Theory]
    [InlineData(201)]
    [InlineData(204)]
    [InlineData(206)]
    [InlineData(304)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(407)]
    [InlineData(410)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task An_answer_that_is_not_200_is_unreachable(int status)
    {
        await using var host = LoopbackListener.Answering(LoopbackListener.Status(status));

        (await FetchAsync(host)).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);
        host.Accepted.ShouldBe(1);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("220 mail.example ESMTP\r\n\r\n")]
    [InlineData("HTTP/9.9 two hundred\r\n\r\n")]
    [InlineData("\0\0\0\0\0\0\0\0\r\n\r\n")]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    public async Task Garbage_instead_of_HTTP_is_unreachable(string response)
    {
        await using var host = LoopbackListener.Answering(response);

        (await FetchAsync(host)).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);
    }

    [Fact]
    public async Task Headers_beyond_the_limit_break_the_exchange_off()
    {
        await using var host = LoopbackListener.Answering($"HTTP/1.1 200 OK\r\nX-Big: {new string('a', 40_000)}\r\nContent-Length: 1\r\n\r\nx");

        (await FetchAsync(host)).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);
    }

    [Fact]
    public async Task A_reset_connection_is_unreachable_and_is_not_dialled_again()
    {
        await using var host = new LoopbackListener(async connection =>
        {
            await connection.ReadRequestAsync();
            connection.Reset();
        });

        (await FetchAsync(host)).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);
        host.Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task Cookies_of_one_answer_are_not_sent_with_the_next_request()
    {
        await using var host = LoopbackListener.AnsweringInTurn(
            "HTTP/1.1 302 Found\r\nLocation: /next\r\nSet-Cookie: session=1\r\nContent-Length: 0\r\n\r\n", LoopbackListener.Ok("x"));

        (await FetchAsync(host)).Result.Outcome.ShouldBe(FetchOutcome.Fetched);

        host.Requests.ShouldAllBe(request => !request.Contains("Cookie", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_host_that_never_answers_is_given_up_after_ten_seconds()
    {
        var clock = new FakeTimeProvider();
        await using var host = new LoopbackListener(async connection =>
        {
            await connection.ReadRequestAsync();
            clock.Advance(TimeSpan.FromSeconds(10));
            await connection.WaitForHangUpAsync();
        });

        (await FetchAsync(host, clock: clock)).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);
    }

    [Fact]
    public async Task A_pending_connection_is_cancelled_with_its_exchange()
    {
        var clock = new FakeTimeProvider();
        await using var guard = new Guard(
            options =>
            {
                options.Media.Allow.Add("127.0.0.1/32");
                options.ConnectTimeoutSeconds = 60;
            },
            clock: clock);
        guard.Dialer.Hang = () => clock.Advance(TimeSpan.FromSeconds(10));

        (await guard.FetchAsync("http://127.0.0.1:9/")).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);

        // Left to itself the platform goes on connecting for five seconds more.
        await guard.Dialer.Abandoned.Task.WaitAsync(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Headers_that_trickle_in_do_not_stretch_the_ten_seconds()
    {
        var clock = new FakeTimeProvider();
        await using var host = new LoopbackListener(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\n");
            for (var i = 0; i < 11; i++)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                await connection.WriteAsync($"X-{i}: slow\r\n");
            }

            await connection.WaitForHangUpAsync();
        });

        (await FetchAsync(host, clock: clock)).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);
    }

    [Fact]
    public async Task Interim_answers_without_end_do_not_stretch_the_ten_seconds()
    {
        var clock = new FakeTimeProvider();
        await using var host = new LoopbackListener(async connection =>
        {
            await connection.ReadRequestAsync();
            while (!connection.Stopping.IsCancellationRequested)
            {
                await connection.WriteAsync("HTTP/1.1 103 Early Hints\r\n\r\n");
                clock.Advance(TimeSpan.FromMilliseconds(100));
            }
        });

        (await FetchAsync(host, clock: clock)).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);
    }

    [Fact]
    public async Task A_body_that_stalls_is_given_up_after_the_five_seconds_of_grace()
    {
        var clock = new FakeTimeProvider();
        await using var host = new LoopbackListener(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nsome");
            await connection.WaitForHangUpAsync();
        });
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"), clock: clock);

        var ((result, _), took) = await clock.UntilAsync(guard.FetchAsync($"http://127.0.0.1:{host.Port}/"));

        result.Outcome.ShouldBe(FetchOutcome.Unreachable);
        took.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_slow_body_is_cancelled_by_its_average_rate()
    {
        var clock = new FakeTimeProvider();
        await using var host = new LoopbackListener(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            while (!connection.Stopping.IsCancellationRequested)
            {
                await connection.WriteAsync("x");
                await Task.Delay(1, connection.Stopping);
            }
        });
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"), clock: clock);

        var ((result, _), took) = await clock.UntilAsync(guard.FetchAsync($"http://127.0.0.1:{host.Port}/"));

        result.Outcome.ShouldBe(FetchOutcome.Unreachable);
        took.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_body_that_begins_fast_and_then_stalls_ends_with_the_total_time_out()
    {
        var clock = new FakeTimeProvider();
        await using var host = new LoopbackListener(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n");
            await connection.WriteAsync(new byte[500_000]);
            await connection.WaitForHangUpAsync();
        });
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"), clock: clock);

        var ((result, _), took) = await clock.UntilAsync(guard.FetchAsync($"http://127.0.0.1:{host.Port}/"));

        result.Outcome.ShouldBe(FetchOutcome.Unreachable);
        took.ShouldBeInRange(TimeSpan.FromSeconds(44), TimeSpan.FromSeconds(50));
    }

    [Fact]
    public async Task A_failing_destination_stream_is_not_reported_as_a_fetch_error()
    {
        await using var host = LoopbackListener.Answering(LoopbackListener.Ok("abc"));
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"));
        await using var full = new MemoryStream(new byte[1], writable: true);

        await Should.ThrowAsync<NotSupportedException>(
            () => guard.FetchIntoAsync($"http://127.0.0.1:{host.Port}/", full, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Cancelling_the_caller_is_not_reported_as_a_result()
    {
        using var stop = new CancellationTokenSource();
        await using var host = new LoopbackListener(async connection =>
        {
            await connection.ReadRequestAsync();
            await stop.CancelAsync();
            await connection.WaitForHangUpAsync();
        });
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"));

        await Should.ThrowAsync<OperationCanceledException>(() => guard.FetchIntoAsync($"http://127.0.0.1:{host.Port}/", Stream.Null, stop.Token));
    }

    private static async Task<(FetchResult Result, byte[] Bytes)> FetchAsync(
        LoopbackListener host, string path = "/", long maxBytes = 1_000_000, TimeProvider? clock = null)
    {
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"), clock: clock);
        return await guard.FetchAsync($"http://127.0.0.1:{host.Port}{path}", maxBytes);
    }
}
