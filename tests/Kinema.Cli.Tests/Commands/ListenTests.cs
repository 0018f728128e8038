using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kinema.Cli.Listen;
using Kinema.Client;

namespace Kinema.Cli.Tests.Commands;

public sealed partial class ListenTests
{
    private const string Secret = "whsec_c2VjcmV0";
    private static readonly byte[] _body = Encoding.UTF8.GetBytes("""{"event":"run.completed","run_id":"019ed0c2-7d1a-7c31-9a40-3a5d1c2b4e6f","status":"succeeded","output":null,"metadata":{"order":"42"}}""");

    [Theory]
    [InlineData(Secret, 200, "Valid")]
    [InlineData("whsec_b3RoZXI=", 401, "Invalid")]
    [InlineData(null, 401, "Missing")]
    public async Task A_callback_is_answered_by_its_signature(string? signedWith, int status, string verdict)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var receiver = await CallbackReceiver.StartAsync(0, new([Secret]), ct);

        var answered = await PostAsync(receiver.Address, signedWith, ct);

        answered.ShouldBe(status);
        (await receiver.Received.ReadAsync(ct)).Signature.ToString().ShouldBe(verdict);
    }

    [Theory]
    [InlineData(-6)]
    [InlineData(6)]
    public async Task A_callback_that_is_sent_again_later_is_refused(int minutes)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var receiver = await CallbackReceiver.StartAsync(0, new([Secret]), ct);

        (await PostAsync(receiver.Address, Secret, ct, TimeSpan.FromMinutes(minutes))).ShouldBe(401);

        (await receiver.Received.ReadAsync(ct)).Signature.ShouldBe(SignatureStatus.Invalid);
    }

    [Fact]
    public async Task Runflow_Signature_alone_which_has_no_time_is_not_enough()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var receiver = await CallbackReceiver.StartAsync(0, new([Secret]), ct);
        using var http = new HttpClient(new SocketsHttpHandler());
        using var content = new ByteArrayContent(_body);
        content.Headers.Add(CallbackSignature.HeaderName, CallbackSignature.Sign(_body, Secret));

        using var answer = await http.PostAsync(receiver.Address, content, ct);

        ((int)answer.StatusCode).ShouldBe(401);
    }

    [Fact]
    public async Task A_signed_body_that_is_not_a_callback_has_a_valid_signature()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var receiver = await CallbackReceiver.StartAsync(0, new([Secret]), ct);

        (await PostAsync(receiver.Address, Secret, ct, body: "{}"u8.ToArray())).ShouldBe(200);

        var received = await receiver.Received.ReadAsync(ct);
        (received.Signature, received.Callback).ShouldBe((SignatureStatus.Valid, null));
    }

    [Theory]
    [InlineData("not-a-secret")]
    [InlineData("whsec_")]
    public async Task A_secret_that_can_verify_nothing_is_refused(string secret)
    {
        using var cli = new Cli();

        (await cli.RunAsync("listen", "--port", "0", "--secret", secret)).ShouldRefuse(2, "--secret must be whsec_ followed by base64");
    }

    [Fact]
    public async Task Without_a_secret_everything_is_accepted_and_marked_unchecked()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var receiver = await CallbackReceiver.StartAsync(0, null, ct);

        (await PostAsync(receiver.Address, Secret, ct)).ShouldBe(200);

        var received = await receiver.Received.ReadAsync(ct);
        received.Signature.ShouldBe(SignatureStatus.Unchecked);
        received.Callback!.RunId.ShouldBe(Guid.Parse("019ed0c2-7d1a-7c31-9a40-3a5d1c2b4e6f"));
    }

    [Fact]
    public async Task A_body_that_is_not_a_callback_is_stored_verbatim()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var receiver = await CallbackReceiver.StartAsync(0, null, ct);
        using var http = new HttpClient(new SocketsHttpHandler());

        using var answer = await http.PostAsync(receiver.Address, new StringContent("hello"), ct);

        var received = await receiver.Received.ReadAsync(ct);
        received.Callback.ShouldBeNull();
        Encoding.UTF8.GetString(received.Body).ShouldBe("hello");
    }

    [Fact]
    public async Task The_command_prints_one_line_of_json_for_each_callback_and_ends_after_the_count()
    {
        var ct = TestContext.Current.CancellationToken;
        using var cli = new Cli();
        var error = new WatchedWriter();
        var listening = cli.RunAsync(error, ct, "listen", "--port", "0", "--secret", Secret, "--count", "1", "--json");
        var address = new Uri(AddressPattern().Match(await error.ReadUntilAsync("Ctrl+C stops", ct)).Value);

        await PostAsync(address, Secret, ct);
        var result = await listening;

        result.Code.ShouldBe(0);
        var line = JsonElement.Parse(result.Output);
        line.GetProperty("signature").GetString().ShouldBe("valid");
        line.GetProperty("body").GetProperty("metadata").GetProperty("order").GetString().ShouldBe("42");
    }

    [Fact]
    public async Task Interrupting_the_command_exits_with_code_0()
    {
        using var cli = new Cli();
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var error = new WatchedWriter();
        var listening = cli.RunAsync(error, interrupt.Token, "listen", "--port", "0");
        await error.ReadUntilAsync("Listening", interrupt.Token);

        await interrupt.CancelAsync();

        (await listening).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        var ct = TestContext.Current.CancellationToken;
        using var cli = new Cli();
        await using var receiver = await CallbackReceiver.StartAsync(0, null, ct);

        (await cli.RunAsync("listen", "--port", $"{receiver.Address.Port}")).ShouldRefuse(1, $"{receiver.Address.Port}");
    }

    private static async Task<int> PostAsync(Uri address, string? secret, CancellationToken ct, TimeSpan age = default, byte[]? body = null)
    {
        body ??= _body;
        using var http = new HttpClient(new SocketsHttpHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "callback")) { Content = new ByteArrayContent(body) };
        if (secret is not null)
        {
            var time = (TimeProvider.System.GetUtcNow() - age).ToUnixTimeSeconds();
            request.Headers.Add(StandardWebhookSignature.IdHeaderName, "msg_1");
            request.Headers.Add(StandardWebhookSignature.TimestampHeaderName, $"{time}");
            request.Headers.Add(StandardWebhookSignature.SignatureHeaderName, StandardWebhookSignature.Sign(body, secret, "msg_1", time));
        }

        using var answer = await http.SendAsync(request, ct);
        return (int)answer.StatusCode;
    }

    [GeneratedRegex("http://127.0.0.1:[0-9]+")]
    private static partial Regex AddressPattern();
}
