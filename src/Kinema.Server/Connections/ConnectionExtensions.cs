using Kinema.Server.Configuration;
using Kinema.Server.Requests;
using Kinema.Worker;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Server.Connections;

internal static class ConnectionExtensions
{
    /// <summary>Bytes of one connection that wait in memory; Kestrel's own megabyte is a gigabyte for a thousand callers.</summary>
    private const int BufferBytes = 128 << 10;

    /// <exception cref="SettingsException">The process cannot keep as many connections as the settings ask for.</exception>
    public static IServiceCollection AddConnectionBounds(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Server").Get<ServerOptions>() ?? new();
        var callbacks = configuration.GetSection("Callbacks").Get<CallbackOptions>() ?? new();
        return services
            .AddSingleton(ConnectionBounds.From(options, callbacks.MaxInFlight, DescriptorLimit.Read()))
            .AddSingleton<OpenConnections>()
            .Configure<SocketTransportOptions>(sockets => sockets.MaxReadBufferSize = BufferBytes)
            .Configure<KestrelServerOptions>(kestrel => Limit(kestrel, options));
    }

    private static void Limit(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = JsonBody.MaxBytes;
        kestrel.Limits.MaxRequestBufferSize = BufferBytes;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(options.HeaderTimeoutSeconds);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(options.KeepAliveTimeoutSeconds);
        kestrel.Limits.MinRequestBodyDataRate = options.MinBodyBytesPerSecond == 0
            ? null
            : new MinDataRate(options.MinBodyBytesPerSecond, gracePeriod: TimeSpan.FromSeconds(5));

        var connections = kestrel.ApplicationServices.GetRequiredService<OpenConnections>();
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(next => connection => connections.ServeAsync(connection, next)));
    }
}
