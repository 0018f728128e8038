using System.IO.Enumeration;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Kinema.TestSupport;

namespace Kinema.Release.Tests;

/// <summary>THIRD-PARTY-NOTICES.md names what the product's lock files hold, and nothing else.</summary>
public sealed class NoticesTests
{
    private static readonly IReadOnlyList<(string Name, string License)> _rows = [.. File.ReadLines(Repository.File("THIRD-PARTY-NOTICES.md"))
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .Skip(1)
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Select(cells => (cells[1].Replace("\\*", "*", StringComparison.Ordinal), cells[2]))];

    private static readonly IReadOnlyList<(string Id, string Version)> _locked = [.. Directory
        .EnumerateFiles(Repository.File("src"), "packages.lock.json", SearchOption.AllDirectories)
        .SelectMany(file => JsonNode.Parse(File.ReadAllText(file))!["dependencies"]!.AsObject())
        .SelectMany(framework => framework.Value!.AsObject())
        .Where(package => package.Value!["type"]!.GetValue<string>() != "Project")
        .Select(package => (package.Key, package.Value!["resolved"]!.GetValue<string>()))
        // They work in the build and are in no package of ours.
        .Where(package => !package.Key.StartsWith("Microsoft.CodeAnalysis.", StringComparison.Ordinal) && package.Key != "Microsoft.NET.ILLink.Tasks")
        .Distinct()];

    [Fact]
    public void Every_package_has_a_row_with_its_license()
    {
        _locked.ShouldNotBeEmpty();
        foreach (var (id, version) in _locked)
        {
            var row = _rows.Where(row => FileSystemName.MatchesSimpleExpression(row.Name, id)).ShouldHaveSingleItem($"{id} has no row of its own");
            if (LicenseOf(id, version) is { } license)
                row.License.ShouldBe(license, id);
        }
    }

    [Fact]
    public void Every_row_is_of_a_package_that_is_used() =>
        _rows.Where(row => !_locked.Any(package => FileSystemName.MatchesSimpleExpression(row.Name, package.Id))).ShouldBeEmpty();

    /// <summary>Null where the package has a file with its license instead of a name.</summary>
    private static string? LicenseOf(string id, string version)
    {
        var path = Path.Combine(NugetFolder.Path, id.ToLowerInvariant(), version, $"{id.ToLowerInvariant()}.nuspec");
        return File.Exists(path)
            ? XDocument.Load(path).Descendants().FirstOrDefault(e => e.Name.LocalName == "license" && e.Attribute("type")?.Value == "expression")?.Value
            : null;
    }
}
