using Kinema.Core.Artifacts;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Server.Files;

internal static class FilesExtensions
{
    public static IServiceCollection AddSignedUrls(this IServiceCollection services) => services
        .AddSingleton<UrlSigner>()
        .AddSingleton<SignedUrls>()
        .AddSingleton<ISignedUrls>(provider => provider.GetRequiredService<SignedUrls>());
}
