using System.Xml.Linq;
using Kinema.TestSupport;

namespace Kinema.Release.Tests;

/// <summary>The package of the server holds its parts, so it has to ask for what they need.</summary>
public sealed class ServerPackageTests
{
    private const string PackageWithItsOwn = "Kinema.Engines";

    [Fact]
    public void It_asks_for_every_package_of_its_parts()
    {
        var server = Repository.File("src", "Kinema.Server", "Kinema.Server.csproj");
        var named = References(server, "PackageReference").Concat(References(Repository.File("src", "Kinema.Server", "Package.targets"), "PackageReference"));
        var needed = Parts(server).SelectMany(part => References(part, "PackageReference")).Where(id => !IsOfAspNetCore(id));

        needed.Except(named).ShouldBeEmpty();
    }

    /// <summary>The shared framework that the server asks for has these.</summary>
    private static bool IsOfAspNetCore(string id) => id.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal);

    private static HashSet<string> Parts(string project)
    {
        HashSet<string> parts = [];
        var waiting = new Queue<string>([project]);
        while (waiting.TryDequeue(out var next))
        {
            foreach (var reference in References(next, "ProjectReference"))
            {
                var part = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(next)!, reference));
                if (Path.GetFileNameWithoutExtension(part) != PackageWithItsOwn && parts.Add(part))
                    waiting.Enqueue(part);
            }
        }

        return parts;
    }

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(project).Descendants(kind).Select(reference => reference.Attribute("Include")?.Value).OfType<string>();
}
