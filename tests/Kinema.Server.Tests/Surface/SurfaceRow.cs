using System.Globalization;
using System.Text.RegularExpressions;
using Kinema.TestSupport;

namespace Kinema.Server.Tests.Surface;

/// <summary>A row of the table of the whole surface in docs/api.md.</summary>
internal sealed partial record SurfaceRow(string Method, string Path, IReadOnlyList<int> Statuses)
{
    /// <summary>Whether the row says that the route is there.</summary>
    public bool IsServed => Statuses.All(status => status < 400);

    public string Route => $"{Method} {Path}";

    public static IReadOnlyList<SurfaceRow> ReadAll()
    {
        var page = File.ReadAllText(System.IO.Path.Combine(Samples.Folder, "..", "..", "docs", "api.md"));
        return [.. page.Split("## Runflow's surface\n")[1].Split("\n## ")[0].Split('\n').Select(line => Row().Match(line)).Where(match => match.Success).Select(Read)];
    }

    private static SurfaceRow Read(Match match) => new(
        match.Groups["method"].Value,
        match.Groups["path"].Value,
        [.. match.Groups["statuses"].Value.Split(", ").Select(status => int.Parse(status, CultureInfo.InvariantCulture))]);

    [GeneratedRegex(@"^\| `(?<method>[A-Z]+) (?<path>\S+)` \| (?<statuses>[0-9, ]+) \|")]
    private static partial Regex Row();
}
