using Kinema.Outbound.Addresses;
using Kinema.Outbound.Callbacks;
using Kinema.Outbound.Connections;
using Kinema.Outbound.Media;
using Kinema.Outbound.Urls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Kinema.Outbound;

public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds the outbound guard and its clients: <see cref="IMediaFetcher"/>, <see cref="ICallbackSender"/>, <see cref="IOutboundUrls"/>, <see
    /// cref="IOutboundHandlers"/>.
    /// </summary>
    public static IServiceCollection AddKinemaOutbound(this IServiceCollection services)
    {
        services.AddOptions<OutboundOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OutboundOptions>, OutboundOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);

        services.TryAddSingleton<INameResolver, SystemNameResolver>();
        services.TryAddSingleton<ISocketDialer, SocketDialer>();
        services.TryAddSingleton<OutboundCertificatePolicy>();
        services.TryAddSingleton<OutboundAddressPolicies>();
        services.TryAddSingleton<GuardedDialer>();
        services.TryAddSingleton<GuardedHandlers>();

        services.TryAddSingleton<IOutboundHandlers>(provider => provider.GetRequiredService<GuardedHandlers>());
        services.TryAddSingleton<IOutboundUrls, OutboundUrls>();
        services.TryAddSingleton<MediaHost>();
        services.TryAddSingleton<IMediaFetcher, MediaFetcher>();
        services.TryAddSingleton<ICallbackSender, CallbackSender>();
        return services;
    }
}
