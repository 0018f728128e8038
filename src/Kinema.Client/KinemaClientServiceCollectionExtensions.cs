using Kinema.Client;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the client.</summary>
public static class KinemaClientServiceCollectionExtensions
{
    private const string Name = "Kinema";

    /// <summary>
    /// Registers <see cref="KinemaClient"/>. It repeats calls whose answer was lost, that the server could not take (5xx, 429, 408) or whose first sending is still
    /// being answered, if a repetition is safe: reads, deletions, and POSTs under an <c>Idempotency-Key</c> that the client made itself.
    /// Resilience handlers from <c>ConfigureHttpClientDefaults</c> do not apply to it.
    /// </summary>
    /// <example><code>
    /// services.AddKinemaClient(o =>
    /// {
    ///     o.BaseAddress = new Uri("http://127.0.0.1:8080");
    ///     o.ApiKey = configuration["Kinema:ApiKey"];
    /// });
    /// </code></example>
    /// <param name="services">Services.</param>
    /// <param name="configure">Sets the options; wrong ones throw <see cref="OptionsValidationException"/> when the client is first needed.</param>
    /// <exception cref="InvalidOperationException">A client is registered already. For a second server, create a client by its constructor.</exception>
    /// <returns>The builder of the client's <see cref="HttpClient"/>, for handlers of your own.</returns>
    public static IHttpClientBuilder AddKinemaClient(this IServiceCollection services, Action<KinemaClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);

        if (services.Any(service => service.ServiceType == typeof(KinemaClient)))
            throw new InvalidOperationException("AddKinemaClient was called already, and a second call would nest the repeats. Change options with services.Configure<KinemaClientOptions>.");

        services.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<KinemaClientOptions>, KinemaClientOptionsValidator>());
        var client = services
            .AddHttpClient(Name)
            .AddTypedClient((http, provider) => new KinemaClient(
                http, provider.GetRequiredService<IOptions<KinemaClientOptions>>().Value, provider.GetService<TimeProvider>()))
            // The connections are renewed instead of the handlers, so that a singleton may keep the client.
            .UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);

        // A resilience handler for all clients of the application, as Aspire's defaults have it, would repeat every POST and cut uploads.
#pragma warning disable EXTEXP0001 // In preview since version 8.10.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        client.AddResilienceHandler("repetition", (pipeline, context) => RepetitionPolicy.AddTo(pipeline, context.ServiceProvider));
        return client.AddHttpMessageHandler(() => new WholeAnswerHandler());
    }
}
