using Kinema.Server.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinema.Server.Lifecycle;

/// <summary>Logs a warning at startup for each setting that is set under its old name.</summary>
internal sealed partial class RenamedSettingsWarning(RenamedSettingsWarning.Settings settings, ILogger<RenamedSettingsWarning> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (oldName, newName) in settings.Renamed)
            LogRenamed(oldName, newName);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1102, LogLevel.Warning, "The setting {OldName} is now called {NewName}; the old name still works in this version and will be removed in the next")]
    private partial void LogRenamed(string oldName, string newName);

    internal sealed record Settings(IReadOnlyList<RenamedSetting> Renamed);
}
