using Kinema.Core.Admission;
using Kinema.Core.Runs;
using Kinema.Fleets;
using Kinema.Hosted;
using Kinema.Media;
using Kinema.Motion;
using Kinema.Outbound;
using Kinema.Prompts;
using Kinema.Safety;
using Kinema.Server.Admission;
using Kinema.Server.Models;
using Kinema.Server.Workers.Child;
using Kinema.Storage;
using Kinema.Telemetry;
using Kinema.Worker;

namespace Kinema.Server.Configuration;

/// <summary>All settings sections.</summary>
internal static class KinemaSections
{
    public static IReadOnlyList<SettingsSection> All { get; } =
    [
        SettingsSection.For<StorageOptions>("Data"),
        SettingsSection.For<ServerOptions>("Server"),
        SettingsSection.For<UrlOptions>("Urls"),
        SettingsSection.For<RunPolicy>("Runs"),
        SettingsSection.For<EngineOptions>("Engines"),
        SettingsSection.For<WorkerOptions>("Worker"),
        SettingsSection.For<CallbackOptions>("Callbacks"),
        SettingsSection.For<RetentionOptions>("Retention"),
        SettingsSection.For<MediaOptions>("Media"),
        SettingsSection.For<MotionOptions>(MotionOptions.Section),
        SettingsSection.For<HostedOptions>(HostedOptions.Section),
        SettingsSection.For<SafetyOptions>(SafetyOptions.Section),
        SettingsSection.For<OutboundOptions>("Outbound"),
        SettingsSection.For<PromptExpansionOptions>(PromptExpansionOptions.Section),
        SettingsSection.For<WanOptions>("Wan"),
        SettingsSection.For<TelemetryOptions>(TelemetryOptions.Section),
    ];

    /// <summary>Settings by names that are no settings: of models, which are known only once the catalogue is read, and of fleets. Whoever reads them finds what is wrong.</summary>
    public static IReadOnlyList<string> ByModel { get; } = [BindingSettings.Name, PriceSettings.Name, FleetOptions.Section];
}
