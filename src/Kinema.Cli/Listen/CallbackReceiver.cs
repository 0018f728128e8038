using System.Text.Json;
using System.Threading.Channels;
using Kinema.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kinema.Cli.Listen;

/// <summary>A sample callback receiver: reads the raw body, verifies the signature and responds with 200, or 401 if the signature is wrong.</summary>
internal sealed class CallbackReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<ReceivedCallback> _received = Channel.CreateUnbounded<ReceivedCallback>();

    private CallbackReceiver(WebApplication app) => _app = app;

    /// <summary>Accepted secrets; empty accepts every callback without verification.</summary>
    public IReadOnlyList<string> Secrets { get; set; } = [];

    public Uri Address => new(_app.Urls.First());

    public ChannelReader<ReceivedCallback> Received => _received.Reader;

    /// <param name="port">Port; 0 for a free one.</param>
    /// <param name="ct">Cancels the start.</param>
    public static async Task<CallbackReceiver> StartAsync(int port, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(FormattableString.Invariant($"http://127.0.0.1:{port}"));
        builder.WebHost.ConfigureKestrel(k => k.Limits.MaxRequestBodySize = 4 << 20);

        var app = builder.Build();
        var receiver = new CallbackReceiver(app);
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
        var signatureStatus = VerifySignature(bytes, request.Headers[CallbackSignature.HeaderName]);
        _received.Writer.TryWrite(new(TimeProvider.System.GetUtcNow(), request.Headers["Runflow-Request-Id"], signatureStatus, bytes, Read(bytes)));
        return signatureStatus is SignatureStatus.Valid or SignatureStatus.Unchecked ? Results.Ok() : Results.Unauthorized();
    }

    private SignatureStatus VerifySignature(byte[] body, string? signature) => (Secrets.Count, signature) switch
    {
        (0, _) => SignatureStatus.Unchecked,
        (_, null or "") => SignatureStatus.Missing,
        _ => Secrets.Any(s => CallbackSignature.Verify(body, s, signature)) ? SignatureStatus.Valid : SignatureStatus.Invalid,
    };

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
