using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Crash.Host;

internal static class Decoration
{
    /// <summary>Puts <paramref name="wrap"/> around the registered singleton.</summary>
    public static void Decorate<T>(this IServiceCollection services, Func<T, T> wrap)
        where T : class
    {
        var inner = services.Last(service => service.ServiceType == typeof(T));
        services.Remove(inner);
        services.AddSingleton(provider => wrap((T)(
            inner.ImplementationInstance ?? inner.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!))));
    }
}
