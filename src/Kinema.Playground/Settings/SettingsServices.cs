using Kinema.Core.Callbacks;
using Kinema.Pages;
using Kinema.Playground.Settings.Tester;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Playground.Settings;

internal static class SettingsServices
{
    public static IServiceCollection AddSettings(this IServiceCollection services) => services
        .AddSingleton(new SiteSection(SettingsRequests.Section, "Settings", 30))
        .AddSingleton<IOwnReceiver, OwnReceiver>()
        .AddSingleton<TestCallbacks>();
}
