using System.Globalization;
using Kinema.Core.Workers;
using Kinema.Fleets;
using Kinema.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace Kinema.Server.Hosted;

/// <summary>Reads <c>Fleets:{name}</c>, with a problem for each setting that cannot be.</summary>
internal static class FleetSettings
{
    private const int MaxName = 32;
    private const int MaxEndpoints = 256;

    private static readonly string[] _known =
    [
        nameof(FleetOptions.Dialect), nameof(FleetOptions.Endpoints), nameof(FleetOptions.Draining), nameof(FleetOptions.Model), nameof(FleetOptions.Concurrency), nameof(FleetOptions.ApiKey),
        KeyFile, nameof(FleetOptions.PollSeconds), nameof(FleetOptions.GenerationSeconds), nameof(FleetOptions.Steps), nameof(FleetOptions.LastFrame),
    ];

    private const string KeyFile = "ApiKeyFile";

    /// <exception cref="SettingsException">A setting is wrong; the message names it, its value and what is allowed.</exception>
    public static IReadOnlyList<FleetOptions> Read(IConfiguration configuration)
    {
        var problems = new List<string>();
        List<FleetOptions> fleets = [.. configuration.GetSection(FleetOptions.Section).GetChildren().Select(section => Read(section, problems)).OfType<FleetOptions>()];
        return problems.Count == 0 ? fleets : throw new SettingsException(problems);
    }

    private static FleetOptions? Read(IConfigurationSection section, List<string> problems)
    {
        var before = problems.Count;
        if (section.Key.Length > MaxName || !EngineId.IsValid(FleetOptions.EnginePrefix + section.Key))
            problems.Add($"{section.Path}: the name of a fleet must have 1 to {MaxName} characters of a to z, 0 to 9 and '-'");
        problems.AddRange(section.GetChildren().Where(setting => !_known.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
            .Select(setting => $"{setting.Path} is not a setting; a fleet has {string.Join(", ", _known)}"));

        var dialect = FleetDialects.Find(section[nameof(FleetOptions.Dialect)]);
        if (dialect is null)
            problems.Add($"{section.Path}:Dialect must be one of {string.Join(", ", FleetDialects.Names)}; got {Shown(section[nameof(FleetOptions.Dialect)])}");
        var endpoints = Addresses(section.GetSection(nameof(FleetOptions.Endpoints)), problems);
        if (endpoints.Count is 0 or > MaxEndpoints)
            problems.Add($"{section.Path}:Endpoints must have 1 to {MaxEndpoints} addresses; got {endpoints.Count}");
        if (section["ApiKey"] is not null && section[KeyFile] is not null)
            problems.Add($"{section.Path}:{KeyFile} and {section.Path}:ApiKey exclude each other");
        var lastFrame = Flag(section, nameof(FleetOptions.LastFrame), problems);
        if (lastFrame && dialect is not (null or FleetDialect.LightX2V))
            problems.Add($"{section.Path}:LastFrame must be false for {FleetDialects.NameOf(dialect.Value)}, whose servers take no last frame");

        var defaults = new FleetOptions { Name = section.Key, Dialect = dialect ?? default, Endpoints = endpoints };
        var fleet = defaults with
        {
            Draining = Addresses(section.GetSection(nameof(FleetOptions.Draining)), problems),
            Model = section[nameof(FleetOptions.Model)],
            Concurrency = (int)Number(section, nameof(FleetOptions.Concurrency), defaults.Concurrency, 1, 64, problems),
            ApiKey = KeyOf(section, problems),
            PollSeconds = Number(section, nameof(FleetOptions.PollSeconds), defaults.PollSeconds, 0.1, 60, problems),
            GenerationSeconds = (int)Number(section, nameof(FleetOptions.GenerationSeconds), defaults.GenerationSeconds, 60, 604_800, problems),
            Steps = (int)Number(section, nameof(FleetOptions.Steps), defaults.Steps, 1, 200, problems),
            LastFrame = lastFrame,
        };
        foreach (var unknown in fleet.Draining.Except(endpoints))
            problems.Add($"{section.Path}:Draining names {unknown}, which is none of {section.Path}:Endpoints");
        return problems.Count == before ? fleet : null;
    }

    private static List<Uri> Addresses(IConfigurationSection list, List<string> problems)
    {
        var addresses = new List<Uri>();
        foreach (var entry in list.GetChildren())
        {
            if (Uri.TryCreate(entry.Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0 && address.Query.Length == 0)
                addresses.Add(address);
            else
                problems.Add($"{entry.Path} must be an http or https URL without user and query, such as http://10.0.0.7:8000; got {Shown(entry.Value)}");
        }

        return addresses;
    }

    private static double Number(IConfigurationSection section, string name, double normal, double least, double most, List<string> problems)
    {
        if (section[name] is not { } text)
            return normal;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most && (normal % 1 != 0 || name == nameof(FleetOptions.PollSeconds) || number % 1 == 0))
            return number;

        problems.Add(string.Create(CultureInfo.InvariantCulture, $"{section.Path}:{name} must be from {least} to {most}; got {Shown(text)}"));
        return normal;
    }

    private static bool Flag(IConfigurationSection section, string name, List<string> problems)
    {
        if (section[name] is not { } text || bool.TryParse(text, out var flag) && !flag)
            return false;
        if (bool.TryParse(text, out _))
            return true;

        problems.Add($"{section.Path}:{name} must be true or false; got {Shown(text)}");
        return false;
    }

    private static string? KeyOf(IConfigurationSection section, List<string> problems)
    {
        if (section[KeyFile] is not { } file)
            return section["ApiKey"];
        if (File.Exists(file))
            return File.ReadAllText(file).Trim();

        problems.Add($"{section.Path}:{KeyFile} must be a file; there is none at {Shown(file)}");
        return null;
    }

    private static string Shown(string? value) => value is null ? "none" : $"\"{value}\"";
}
