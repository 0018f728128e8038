using Kinema.Pages;
using Kinema.Pages.Modules;
using Kinema.Playground.Runs.List;
using Kinema.Playground.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Playground;

public static class ServiceCollectionExtensions
{
    /// <summary>Registers the playground: the pages on which people make videos, look at their runs and change settings.</summary>
    /// <param name="services">The services. They must also have the pages (<c>AddKinemaPages</c>) and <see cref="Access.IVisitors"/>.</param>
    public static IServiceCollection AddKinemaPlayground(this IServiceCollection services) => services
        .AddSingleton(new PageModuleSource(typeof(ServiceCollectionExtensions).Assembly))
        .AddRunList()
        .AddSettings();
}
