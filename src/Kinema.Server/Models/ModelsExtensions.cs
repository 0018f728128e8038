using Kinema.Server.Configuration;
using Kinema.Server.Requests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Models;

internal static class ModelsExtensions
{
    public static IServiceCollection AddCatalog(this IServiceCollection services) => services
        .AddSingleton(provider => PriceSettings.Apply(
            FileCatalog.Read(provider.GetRequiredService<IOptions<ServerOptions>>().Value.CatalogFolder), provider.GetRequiredService<IConfiguration>()))
        .AddSingleton<ModelAvailability>()
        .AddSingleton<BodyMemory>()
        .AddSingleton<CreateBody>()
        .AddSingleton<PostRun>()
        .AddSingleton<PostEstimate>();
}
