using System.Collections;
using System.Globalization;
using Kinema.Server.Configuration;
using Kinema.TestSupport;
using Microsoft.Extensions.Configuration;

namespace Kinema.Server.Tests.Configuration;

/// <summary>docs/configuration.md and docs/outbound.md name every setting, and where a default is a number, the number.</summary>
public sealed class SettingsDocumentTests
{
    private static readonly string _docs = Path.Combine(Samples.Folder, "..", "..", "docs");
    private static readonly string[] _rows = [.. File.ReadAllLines(Path.Combine(_docs, "configuration.md")), .. File.ReadAllLines(Path.Combine(_docs, "outbound.md"))];

    /// <summary>Their defaults depend on the machine.</summary>
    private static readonly string[] _dependent = ["Worker:Concurrency"];

    public static TheoryData<string, string?> Settings
    {
        get
        {
            var settings = new TheoryData<string, string?>();
            var nothing = new ConfigurationBuilder().Build();
            foreach (var (name, value) in KinemaSections.All.SelectMany(section => Leaves(section.Name, section.Read(nothing))))
                settings.Add(name, value is int or long or double ? Convert.ToString(value, CultureInfo.InvariantCulture) : null);
            return settings;
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_setting_is_documented_with_its_default(string name, string? number)
    {
        var row = _rows.SingleOrDefault(r => r.StartsWith($"| `{name}` |", StringComparison.Ordinal));
        row.ShouldNotBeNull($"{name} is not documented.");
        if (number is not null && !_dependent.Contains(name))
            row.Split('|')[2].Trim().ShouldBe(number);
    }

    private static IEnumerable<(string Name, object? Value)> Leaves(string path, object options) => SettingsValidator.Settable(options.GetType())
        .SelectMany(property => property.GetValue(options) is { } value && value is not IEnumerable && !SettingsValidator.IsScalar(property.PropertyType)
            ? Leaves($"{path}:{property.Name}", value)
            : [($"{path}:{property.Name}", property.GetValue(options))]);
}
