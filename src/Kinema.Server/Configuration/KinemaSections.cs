using Kinema.Core.Runs;

namespace Kinema.Server.Configuration;

/// <summary>Every section of the settings.</summary>
internal static class KinemaSections
{
    public static IReadOnlyList<SettingsSection> All { get; } =
    [
        SettingsSection.For<RunPolicy>("Runs"),
        SettingsSection.For<ServerOptions>("Server"),
        SettingsSection.For<UrlOptions>("Urls"),
    ];
}
