using System.Security.Cryptography.X509Certificates;
using System.Text;
using Kinema.Outbound.Addresses;
using Kinema.Outbound.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kinema.Outbound.Tests.Support;

/// <summary>The product's own composition, with a DNS stub for the system's resolver and a dialer that keeps to this machine.</summary>
internal sealed class Guard : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public Guard(
        Action<OutboundOptions>? configure = null,
        Func<string, int, IEnumerable<string>>? dns = null,
        TimeProvider? clock = null,
        IReadOnlyList<X509Certificate2>? roots = null)
    {
        Dns = new DnsStub(dns ?? ((_, _) => []));
        var services = new ServiceCollection();
        services.AddSingleton<INameResolver>(new DnsStubResolver(Dns));
        services.AddSingleton<ISocketDialer>(Dialer);
        services.AddSingleton(new OutboundCertificatePolicy { Roots = roots ?? [] });
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddLogging(logging => logging.AddProvider(Log));
        services.Configure<OutboundOptions>(options => configure?.Invoke(options));
        services.AddKinemaOutbound();
        _services = services.BuildServiceProvider();
    }

    public DnsStub Dns { get; }

    public RecordingDialer Dialer { get; } = new();

    public LogCapture Log { get; } = new();

    public IOutboundUrls Urls => _services.GetRequiredService<IOutboundUrls>();

    public IOutboundHandlers Handlers => _services.GetRequiredService<IOutboundHandlers>();

    public OutboundAddressPolicy Evaluate(OutboundPurpose purpose) => _services.GetRequiredService<OutboundAddressPolicies>().For(purpose);

    /// <summary>Opens a range for both kinds of URL that callers give.</summary>
    public static Action<OutboundOptions> Opening(params string[] entries) => options =>
    {
        foreach (var entry in entries)
        {
            options.Media.Allow.Add(entry);
            options.Callbacks.Allow.Add(entry);
        }
    };

    public async Task<(FetchResult Result, byte[] Bytes)> FetchAsync(string url, long maxBytes = 1_000_000, TimeSpan? timeLeft = null)
    {
        using var destination = new MemoryStream();
        var result = await _services.GetRequiredService<IMediaFetcher>()
            .FetchAsync(new(url, maxBytes, timeLeft ?? TimeSpan.FromSeconds(300)), destination, TestContext.Current.CancellationToken);
        return (result, destination.ToArray());
    }

    public Task<FetchResult> FetchIntoAsync(string url, Stream destination, CancellationToken ct) =>
        _services.GetRequiredService<IMediaFetcher>().FetchAsync(new(url, 1_000_000, TimeSpan.FromSeconds(300)), destination, ct);

    public Task<CallbackReply> SendAsync(string url, string body = "{}", params KeyValuePair<string, string>[] headers) =>
        SendAsync(url, TestContext.Current.CancellationToken, body, headers);

    public Task<CallbackReply> SendAsync(string url, CancellationToken ct, string body = "{}", params KeyValuePair<string, string>[] headers) =>
        _services.GetRequiredService<ICallbackSender>().SendAsync(
            new CallbackMessage(url, Encoding.UTF8.GetBytes(body), [new("Content-Type", "application/json"), .. headers]), ct);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Dns.DisposeAsync();
    }
}
