using System.Globalization;
using Kinema.TestSupport;

namespace Kinema.Cli.Tests.Commands;

public sealed class DocumentationTests
{
    [Fact]
    public void The_page_lists_exactly_the_exit_codes_there_are()
    {
        var page = File.ReadAllText(Path.Combine(Samples.Folder, "..", "..", "docs", "cli.md"));

        var rows = page.Split("## Exit codes")[1].Split("## ")[0].Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Skip(1);

        rows.ShouldBe(ExitCodes.All.Select(c => string.Create(CultureInfo.InvariantCulture, $"| {c.Code} | {c.Meaning} |")));
    }
}
