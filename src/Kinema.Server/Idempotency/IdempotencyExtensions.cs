using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Server.Idempotency;

internal static class IdempotencyExtensions
{
    public static IServiceCollection AddIdempotency(this IServiceCollection services) => services
        .AddSingleton<RequestsUnderWay>()
        .AddSingleton<StoredUrls>()
        .AddHostedService<ExpiredKeys>();
}
