using Kinema.Server.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Models;

internal static class ModelsExtensions
{
    public static IServiceCollection AddCatalog(this IServiceCollection services) => services
        .AddSingleton(provider => FileCatalog.Read(provider.GetRequiredService<IOptions<ServerOptions>>().Value.CatalogFolder))
        .AddSingleton<ModelAvailability>()
        .AddSingleton<PostRun>();
}
