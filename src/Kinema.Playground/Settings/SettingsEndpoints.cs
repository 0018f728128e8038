using Kinema.Playground.Settings.Keys;
using Kinema.Playground.Settings.Secrets;
using Kinema.Playground.Settings.Server;
using Kinema.Playground.Settings.Tester;
using Kinema.Playground.Settings.Usage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Playground.Settings;

/// <summary>The settings of the visitor's organization.</summary>
internal static class SettingsEndpoints
{
    public static void MapSettings(this IEndpointRouteBuilder app)
    {
        app.MapGet(SettingsRequests.Section, context => ShowAsync(new PageRequest(context)));
        app.MapKeyPages();
        app.MapSecretPages();
        app.MapRotation();
        app.MapUsage();
        app.MapServerPages();
        app.MapCallbackTester();
    }

    private static Task ShowAsync(PageRequest page) =>
        page.Visitor is null ? page.AskToSignInAsync() : page.ShowAsync<SettingsPage>(page.Frame("Settings", SettingsRequests.Section));
}
