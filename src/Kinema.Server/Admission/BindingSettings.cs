using Kinema.Core.Admission;
using Kinema.Core.Catalog;
using Kinema.Core.Workers;
using Kinema.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace Kinema.Server.Admission;

/// <summary>Reads which engines serve which model: <c>Engines:Bindings:{model}:0</c> and so on, and the older list <c>Engines:Bindings:0</c> without a model.</summary>
internal static class BindingSettings
{
    public const string Name = "Engines:Bindings";

    private const int MaxEngines = 32;

    /// <exception cref="SettingsException">A model is unknown or ambiguous, an engine is no id or not allowed by the model's manifest.</exception>
    public static ModelBindings Read(IConfiguration configuration, ICatalog catalog)
    {
        var problems = new List<string>();
        var settings = configuration.GetSection(Name);
        var listed = ReadEngines(settings, settings.GetChildren().Where(entry => ModelNames.IsNumber(entry.Key)), problems);
        var bound = ModelNames.Find(settings, catalog, problems).ToDictionary(entry => entry.Key, IReadOnlyList<string> (entry) => ReadEngines(entry.Value, problems));
        var bindings = new ModelBindings(listed, bound);
        if (problems.Count == 0)
            problems.AddRange(bindings.FindProblems(catalog));
        return problems.Count == 0 ? bindings : throw new SettingsException(problems);
    }

    /// <summary>A list, or one engine without a number.</summary>
    private static List<string> ReadEngines(IConfigurationSection setting, List<string> problems) =>
        ReadEngines(setting, setting.Value is null ? setting.GetChildren() : [setting], problems);

    private static List<string> ReadEngines(IConfigurationSection setting, IEnumerable<IConfigurationSection> entries, List<string> problems)
    {
        var engines = new List<string>();
        foreach (var entry in entries)
        {
            if (entry.Value is { } id && EngineId.IsValid(id))
                engines.Add(id);
            else
                problems.Add($"{entry.Path} must be the id of an engine: lower-case letters, digits and dashes, or fleet: and a name of these; got {(entry.Value is { } value ? $"\"{value}\"" : "a section")}");
        }

        if (engines.Count > MaxEngines)
            problems.Add($"{setting.Path} must have at most {MaxEngines} engines; got {engines.Count}");
        return engines;
    }
}
