using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Kinema.Core.Runs;
using Kinema.Server.Errors;
using Kinema.TestSupport;

namespace Kinema.Server.Tests.Http;

/// <summary>docs/api.md lists exactly the error codes and the failure codes that there are.</summary>
public sealed partial class ErrorCodeDocumentTests
{
    private static readonly string _page = File.ReadAllText(Path.Combine(Samples.Folder, "..", "..", "docs", "api.md"));

    [Fact]
    public void Every_error_code_has_one_row_with_its_status_and_no_other_row_is_there()
    {
        var codes = typeof(ErrorCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (ErrorCode)field.GetValue(null)!).ToList();
        codes.Count.ShouldBeGreaterThan(20);

        Rows("## Errors").Select(row => (row[1], Code(row[2])))
            .ShouldBe(codes.Select(code => (code.Status.ToString(CultureInfo.InvariantCulture), code.Name)), ignoreOrder: true);
    }

    [Fact]
    public void Every_failure_code_is_listed_and_no_other_is()
    {
        var codes = typeof(FailureCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).ToList();
        codes.Count.ShouldBeGreaterThan(5);

        Rows("## Run statuses").SelectMany(row => CodePattern.Matches(row[1]).Select(match => match.Groups[1].Value)).ShouldBe(codes, ignoreOrder: true);
    }

    /// <summary>The cells of the table under a heading, without its head.</summary>
    private static IEnumerable<string[]> Rows(string heading) => _page.Split(heading + "\n")[1].Split("\n## ")[0].Split('\n')
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .Skip(1)
        .Select(line => line.Split('|').Select(cell => cell.Trim()).ToArray());

    private static string Code(string cell) => CodePattern.Match(cell).Groups[1].Value;

    [GeneratedRegex("`([A-Z_]+)`")]
    private static partial Regex CodePattern { get; }
}
