using System.Net;
using Kinema.Outbound.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Kinema.Outbound.Tests.Callbacks;

/// <summary>Receivers, good and bad, one exchange each; retrying is the dispatcher's part.</summary>
public sealed class CallbackReceiverTests
{
    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(422)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task The_status_of_the_answer_is_reported(int status)
    {
        await using var receiver = LoopbackListener.Answering(LoopbackListener.Status(status));

        var reply = await SendAsync(receiver);

        reply.HttpStatusCode.ShouldBe(status);
        reply.TimedOut.ShouldBeFalse();
        receiver.Accepted.ShouldBe(1);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_reported_and_never_followed(int status)
    {
        await using var target = LoopbackListener.Answering(LoopbackListener.Ok("target"));
        await using var receiver = LoopbackListener.Answering(LoopbackListener.Redirect($"http://127.0.0.1:{target.Port}/", status));

        (await SendAsync(receiver)).HttpStatusCode.ShouldBe(status);

        target.Accepted.ShouldBe(0);
        receiver.Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task After_an_error_the_receiver_gets_the_same_bytes_over_a_new_connection()
    {
        await using var receiver = LoopbackListener.AnsweringInTurn(LoopbackListener.Status(503), LoopbackListener.Status(200));
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"));

        (await guard.SendAsync($"http://127.0.0.1:{receiver.Port}/", "{\"a\":1}")).HttpStatusCode.ShouldBe(503);
        (await guard.SendAsync($"http://127.0.0.1:{receiver.Port}/", "{\"a\":1}")).HttpStatusCode.ShouldBe(200);

        receiver.Accepted.ShouldBe(2);
        receiver.Requests[1].ShouldBe(receiver.Requests[0]);
    }

    [Fact]
    public async Task The_request_is_a_POST_with_the_body_and_the_headers_it_was_given()
    {
        await using var receiver = LoopbackListener.Answering(LoopbackListener.Status(200));
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"));

        await guard.SendAsync(
            $"http://127.0.0.1:{receiver.Port}/hook?id=7", "{\"event\":\"run.completed\"}",
            new("Runflow-Request-Id", "req_1"), new("Runflow-Signature", "00ff"), new("webhook-signature", "v1,aa= v1,bb="));

        var request = receiver.Requests.ShouldHaveSingleItem();
        request.ShouldStartWith("POST /hook?id=7 HTTP/1.1\r\n");
        request.ShouldEndWith("\r\n\r\n{\"event\":\"run.completed\"}");
        var lines = request[..request.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n")[1..];
        lines.Order(StringComparer.OrdinalIgnoreCase).ShouldBe(
        [
            "Accept-Encoding: identity",
            "Content-Length: 25",
            "Content-Type: application/json",
            $"Host: 127.0.0.1:{receiver.Port}",
            "Runflow-Request-Id: req_1",
            "Runflow-Signature: 00ff",
            "User-Agent: Kinema",
            "webhook-signature: v1,aa= v1,bb=",
        ]);
    }

    [Fact]
    public async Task A_receiver_that_hangs_is_a_time_out_after_ten_seconds()
    {
        var clock = new FakeTimeProvider();
        await using var receiver = new LoopbackListener(async connection =>
        {
            await connection.ReadRequestAsync();
            clock.Advance(TimeSpan.FromSeconds(9.9));
            clock.Advance(TimeSpan.FromSeconds(0.1));
            await connection.WaitForHangUpAsync();
        });

        var reply = await SendAsync(receiver, clock);

        reply.ShouldBe(new CallbackReply(null, null, TimedOut: true, 10_000));
        receiver.Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task Headers_that_trickle_in_do_not_stretch_the_ten_seconds()
    {
        var clock = new FakeTimeProvider();
        await using var receiver = new LoopbackListener(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\n");
            for (var i = 0; i < 10; i++)
            {
                await connection.WriteAsync($"X-{i}: slow\r\n");
                clock.Advance(TimeSpan.FromSeconds(1));
            }

            await connection.WaitForHangUpAsync();
        });

        (await SendAsync(receiver, clock)).TimedOut.ShouldBeTrue();
    }

    [Fact]
    public async Task A_receiver_that_resets_the_connection_is_a_network_error_and_is_not_dialled_again()
    {
        await using var receiver = new LoopbackListener(async connection =>
        {
            await connection.ReadRequestAsync();
            connection.Reset();
        });

        var reply = await SendAsync(receiver);

        (reply with { ElapsedMs = 0 }).ShouldBe(new CallbackReply(null, null, TimedOut: false, 0));
        receiver.Accepted.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("\0\u0001\u0002 not http at all \r\n\r\n")]
    [InlineData("HTTP/1.1 abc\r\n\r\n")]
    [InlineData("HTTP/1.1 200")]
    public async Task A_receiver_that_speaks_no_HTTP_is_a_network_error(string answer)
    {
        await using var receiver = LoopbackListener.Answering(answer);

        var reply = await SendAsync(receiver);

        reply.HttpStatusCode.ShouldBeNull();
        reply.TimedOut.ShouldBeFalse();
        receiver.Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task Headers_beyond_the_limit_are_a_network_error_and_bounded()
    {
        long sent = 0;
        await using var receiver = new LoopbackListener(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\n");
            var line = $"X-Big: {new string('a', 4000)}\r\n";
            try
            {
                for (var i = 0; i < 100_000; i++)
                    await connection.WriteAsync(line);
            }
            finally
            {
                sent = connection.Sent;
            }
        });

        (await SendAsync(receiver)).HttpStatusCode.ShouldBeNull();

        await receiver.DisposeAsync();
        sent.ShouldBeLessThan(32_000_000);
    }

    [Fact]
    public async Task Of_an_answer_of_a_gigabyte_no_more_than_the_buffers_on_the_way_is_taken()
    {
        const long Gigabyte = 1_000_000_000;
        long sent = 0;
        await using var receiver = new LoopbackListener(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: {Gigabyte}\r\n\r\n");
            var block = new byte[1_000_000];
            Array.Fill(block, (byte)'a');
            try
            {
                while (connection.Sent < Gigabyte)
                    await connection.WriteAsync(block);
            }
            finally
            {
                sent = connection.Sent;
            }
        });
        await using var guard = PublicGuard(receiver.Port);

        var reply = await guard.SendAsync($"http://receiver.test:{receiver.Port}/");
        await receiver.DisposeAsync();

        reply.HttpStatusCode.ShouldBe(200);
        reply.ResponseBody.ShouldBe(new string('a', 1024));
        sent.ShouldBeLessThan(32_000_000);
    }

    [Fact]
    public async Task A_slow_response_body_does_not_delay_the_sender()
    {
        var clock = new FakeTimeProvider();
        await using var receiver = new LoopbackListener(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nthe beginning");
            await connection.WaitForHangUpAsync();
        });
        await using var guard = PublicGuard(receiver.Port, clock);

        var (reply, took) = await clock.UntilAsync(guard.SendAsync($"http://receiver.test:{receiver.Port}/"));

        reply.HttpStatusCode.ShouldBe(200);
        took.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_body_that_breaks_off_leaves_the_status_standing()
    {
        await using var receiver = LoopbackListener.Answering("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nthe beginning");
        await using var guard = PublicGuard(receiver.Port);

        var reply = await guard.SendAsync($"http://receiver.test:{receiver.Port}/");

        reply.HttpStatusCode.ShouldBe(200);
        reply.ResponseBody.ShouldBe("the beginning");
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("grüße ☃", "grüße ☃")]
    [InlineData("nul \0 and bell \u0007\r\n\tkept", "nul \uFFFD and bell \uFFFD\r\n\tkept")]
    [InlineData("", null)]
    public async Task The_beginning_of_a_public_receiver_s_answer_is_kept_as_text(string answer, string? kept)
    {
        await using var receiver = LoopbackListener.Answering(LoopbackListener.Ok(answer));
        await using var guard = PublicGuard(receiver.Port);

        (await guard.SendAsync($"http://receiver.test:{receiver.Port}/")).ResponseBody.ShouldBe(kept);
    }

    [Fact]
    public async Task An_answer_cut_at_a_kibibyte_ends_with_a_whole_character()
    {
        await using var receiver = LoopbackListener.Answering(LoopbackListener.Ok("a" + new string('ü', 2000)));
        await using var guard = PublicGuard(receiver.Port);

        (await guard.SendAsync($"http://receiver.test:{receiver.Port}/")).ResponseBody.ShouldBe("a" + new string('ü', 511));
    }

    [Fact]
    public async Task A_compressed_answer_is_not_kept()
    {
        await using var receiver = LoopbackListener.Answering("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd");
        await using var guard = PublicGuard(receiver.Port);

        var reply = await guard.SendAsync($"http://receiver.test:{receiver.Port}/");

        reply.HttpStatusCode.ShouldBe(200);
        reply.ResponseBody.ShouldBeNull();
    }

    [Fact]
    public async Task Nothing_is_kept_of_the_answer_of_an_opened_address_that_is_not_public()
    {
        await using var receiver = LoopbackListener.Answering(LoopbackListener.Ok("inside matters"));

        var reply = await SendAsync(receiver);

        reply.HttpStatusCode.ShouldBe(200);
        reply.ResponseBody.ShouldBeNull();
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_a_network_error()
    {
        var receiver = LoopbackListener.Answering("");
        var port = receiver.Port;
        await receiver.DisposeAsync();
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"));

        var reply = await guard.SendAsync($"http://127.0.0.1:{port}/");

        (reply with { ElapsedMs = 0 }).ShouldBe(new CallbackReply(null, null, TimedOut: false, 0));
        guard.Log.Lines.ShouldContain(line => line.StartsWith($"No answer to a callback from 127.0.0.1:{port}: "));
    }

    [Fact]
    public async Task Cancelling_the_sender_is_not_reported_as_a_reply()
    {
        using var stop = new CancellationTokenSource();
        await using var receiver = new LoopbackListener(async connection =>
        {
            await connection.ReadRequestAsync();
            await stop.CancelAsync();
            await connection.WaitForHangUpAsync();
        });
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"));

        await Should.ThrowAsync<OperationCanceledException>(() => guard.SendAsync($"http://127.0.0.1:{receiver.Port}/", stop.Token));
    }

    private static async Task<CallbackReply> SendAsync(LoopbackListener receiver, TimeProvider? clock = null)
    {
        await using var guard = new Guard(Guard.Opening("127.0.0.1/32"), clock: clock);
        return await guard.SendAsync($"http://127.0.0.1:{receiver.Port}/");
    }

    /// <summary>A name with a public address, whose connections the dialer leads to a listener here.</summary>
    private static Guard PublicGuard(int port, TimeProvider? clock = null)
    {
        var guard = new Guard(dns: (_, _) => ["93.184.216.34"], clock: clock);
        guard.Dialer.MovedToLoopbackPort[IPAddress.Parse("93.184.216.34")] = port;
        return guard;
    }
}
