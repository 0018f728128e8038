using Microsoft.Extensions.Configuration;

namespace Kinema.Server.Configuration;

/// <summary>A setting's old name, which works for one more version, and its new name.</summary>
internal sealed record RenamedSetting(string OldName, string NewName);

/// <summary>Settings renamed in this version. Each old name is an alias in every source: files, environment and arguments.</summary>
internal static class RenamedSettings
{
    public static IReadOnlyList<RenamedSetting> All { get; } =
    [
        new("Engines:WhenWorkerMissing", "Engines:NoWorkerPolicy"),
        new("Media:StallSeconds", "Media:IdleTimeoutSeconds"),
    ];

    /// <summary>Returns the settings that are set under their old name.</summary>
    public static IReadOnlyList<RenamedSetting> Find(IConfiguration configuration) => [.. All.Where(setting => configuration[setting.OldName] is not null)];

    /// <summary>Returns one problem for each setting whose old and new name have different values.</summary>
    public static IEnumerable<string> FindConflicts(IConfiguration configuration)
    {
        foreach (var (oldName, newName) in Find(configuration))
        {
            if (configuration[newName] is { } value && value != configuration[oldName])
                yield return $"{oldName} is the old name of {newName}; both are set, to \"{configuration[oldName]}\" and \"{value}\". Set {newName} only";
        }
    }

    public static List<KeyValuePair<string, string?>> ToNewNames(IConfiguration configuration, IEnumerable<RenamedSetting> settings) =>
        [.. settings.Select(setting => KeyValuePair.Create(setting.NewName, configuration[setting.OldName]))];

    /// <summary>Whether a configuration entry is a single value under an old name.</summary>
    public static bool IsOldName(IConfigurationSection entry) =>
        !entry.GetChildren().Any() && All.Any(setting => setting.OldName.Equals(entry.Path, StringComparison.OrdinalIgnoreCase));
}
