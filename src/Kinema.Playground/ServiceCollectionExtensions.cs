using Kinema.Pages.Modules;
using Kinema.Playground.Catalogue;
using Kinema.Playground.Models;
using Kinema.Playground.Pictures;
using Kinema.Playground.Runs.List;
using Kinema.Playground.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Playground;

public static class ServiceCollectionExtensions
{
    /// <summary>Registers the playground: the pages on which people make videos, look at their runs and change settings.</summary>
    /// <param name="services">The services. They must also have the pages (<c>AddKinemaPages</c>), <see cref="Access.IVisitors"/> and <see cref="UploadLimit"/>.</param>
    public static IServiceCollection AddKinemaPlayground(this IServiceCollection services) => services
        .AddSingleton(new PageModuleSource(typeof(ServiceCollectionExtensions).Assembly))
        .AddSingleton<PictureLibrary>()
        .AddSingleton(ShowCatalogue.Page)
        .AddSingleton(ModelPages.Playground)
        .AddSingleton(ModelPages.Examples)
        .AddRunList()
        .AddSettings();
}
