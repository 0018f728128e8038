using System.Text.Json;
using System.Threading.Channels;
using Kinema.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kinema.Cli.Listen;

/// <summary>A sample callback receiver: reads the raw body, verifies it and responds with 200, or 401 if it is not signed, or was signed too long ago.</summary>
internal sealed class CallbackReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<ReceivedCallback> _received = Channel.CreateUnbounded<ReceivedCallback>();

    private CallbackReceiver(WebApplication app) => _app = app;

    /// <summary>Decides which callbacks are accepted; null accepts every one.</summary>
    public CallbackVerifier? Verifier { get; set; }

    public Uri Address => new(_app.Urls.First());

    public ChannelReader<ReceivedCallback> Received => _received.Reader;

    /// <param name="port">Port; 0 for a free one.</param>
    /// <param name="verifier">Verifier from the first callback on; null for none.</param>
    /// <param name="ct">Cancels the start.</param>
    public static async Task<CallbackReceiver> StartAsync(int port, CallbackVerifier? verifier, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(FormattableString.Invariant($"http://127.0.0.1:{port}"));
        builder.WebHost.ConfigureKestrel(k => k.Limits.MaxRequestBodySize = 4 << 20);

        var app = builder.Build();
        var receiver = new CallbackReceiver(app) { Verifier = verifier };
        app.MapPost("/{**path}", receiver.ReceiveAsync);
        try
        {
            await app.StartAsync(ct);
            return receiver;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        var bytes = body.ToArray();
        var signatureStatus = Verify(bytes, name => request.Headers[name]);
        _received.Writer.TryWrite(new(TimeProvider.System.GetUtcNow(), request.Headers["Runflow-Request-Id"], signatureStatus, bytes, Read(bytes)));
        return signatureStatus is SignatureStatus.Valid or SignatureStatus.Unchecked ? Results.Ok() : Results.Unauthorized();
    }

    private SignatureStatus Verify(byte[] body, Func<string, string?> header)
    {
        if (Verifier is null)
            return SignatureStatus.Unchecked;
        if (string.IsNullOrEmpty(header(StandardWebhookSignature.SignatureHeaderName)))
            return SignatureStatus.Missing;

        try
        {
            return Verifier.TryRead(body, header, out _) ? SignatureStatus.Valid : SignatureStatus.Invalid;
        }
        catch (JsonException)
        {
            // Signed, but no callback: its text is shown.
            return SignatureStatus.Valid;
        }
    }

    private static RunCallback? Read(byte[] body)
    {
        try
        {
            return RunCallback.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
