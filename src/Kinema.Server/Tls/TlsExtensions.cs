using Kinema.Server.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Server.Tls;

internal static class TlsExtensions
{
    /// <summary>Lets Kestrel bind https addresses, with HTTP/2 and HTTP/1.1.</summary>
    /// <exception cref="SettingsException">There is no certificate, or it cannot be used.</exception>
    public static WebApplicationBuilder AddTls(this WebApplicationBuilder builder)
    {
        var (certificate, chain) = ServerCertificate.Read(builder.Configuration.GetSection("Server").Get<ServerOptions>() ?? new());
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.ConfigureHttpsDefaults(https =>
        {
            https.ServerCertificate = certificate;
            https.ServerCertificateChain = chain;
        }));
        return builder;
    }
}
