using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Surface;

/// <summary>docs/api.md tells the truth about every route of Runflow's API, and every answer writes times alike.</summary>
public sealed partial class SurfaceTests(SurfaceScene scene) : IClassFixture<SurfaceScene>
{
    private static readonly IReadOnlyList<SurfaceRow> _rows = SurfaceRow.ReadAll();

    public static TheoryData<string> Served => [.. _rows.Where(row => row.IsServed).Select(row => row.Route)];

    public static TheoryData<string> Refused => [.. _rows.Where(row => !row.IsServed).Select(row => row.Route)];

    [Fact]
    public void The_table_is_whole()
    {
        _rows.Count.ShouldBeGreaterThan(75);
        _rows.Select(row => row.Route).ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(Served))]
    public async Task A_served_row_answers_as_it_says_with_times_in_one_format(string route)
    {
        var row = _rows.Single(row => row.Route == route);
        using var response = await scene.CallAsync(row);

        var text = await response.Content.ReadAsStringAsync(Ct);
        row.Statuses.ShouldContain((int)response.StatusCode, text);
        if (response.Content.Headers.ContentType?.MediaType == "application/json")
            ShouldHaveTimesInOneFormat(JsonNode.Parse(text), "", isCallback: false);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_row_that_is_not_served_says_so_in_a_sentence(string route)
    {
        var row = _rows.Single(row => row.Route == route);
        using var response = await scene.CallAsync(row);

        var error = await response.ShouldBeErrorAsync((System.Net.HttpStatusCode)row.Statuses.Single(), row.Statuses.Single() == 501 ? "NOT_SUPPORTED" : "NOT_FOUND");
        error["message"].Text().ShouldMatch("^[A-Z].{20,}\\.$");
    }

    /// <summary>Records have milliseconds and Z; the bodies of callbacks, which deliveries repeat, have +00:00.</summary>
    private static void ShouldHaveTimesInOneFormat(JsonNode? node, string path, bool isCallback)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                    ShouldHaveTimesInOneFormat(value, $"{path}.{name}", isCallback || name == "payload");
                break;
            case JsonArray items:
                foreach (var item in items)
                    ShouldHaveTimesInOneFormat(item, $"{path}[]", isCallback);
                break;
            case JsonValue value when value.TryGetValue<string>(out var text) && (TimeName().IsMatch(path) || IsTime(text)):
                text.ShouldMatch(isCallback ? @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$" : @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", path);
                break;
            case JsonValue value when TimeName().IsMatch(path):
                value.ToJsonString().ShouldBe("a time as text", path);
                break;
        }
    }

    /// <summary>What a reader would take for a time: a date alone is none.</summary>
    private static bool IsTime(string text) => text.Length > 10 && char.IsAsciiDigit(text[0])
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex(@"(_at|\.timestamp)$")]
    private static partial Regex TimeName();
}
