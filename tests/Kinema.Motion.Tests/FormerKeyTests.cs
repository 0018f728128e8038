using System.Text.Json.Nodes;
using Kinema.Motion.Tests.Support;

namespace Kinema.Motion.Tests;

/// <summary>Renamed keys of the record: both names are there, with the same value.</summary>
public sealed class FormerKeyTests : IDisposable
{
    private readonly EngineHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    public static TheoryData<string, string, string> Pairs => [.. MotionRecord.FormerKeys];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_former_key_follows_the_key_that_replaces_it(string parent, string key, string formerKey)
    {
        var fields = new JsonObject { ["first"] = 1, [key] = new JsonObject { ["x"] = 0.25 }, ["last"] = true };
        JsonNode record = parent.Length == 0 ? fields : new JsonObject { [parent] = new JsonArray(fields) };

        var written = MotionRecord.WithFormerKeys(record)!;

        ShouldHaveBothKeys(written);
        (parent.Length == 0 ? written : written[parent]![0]!).AsObject().Select(field => field.Key).ShouldBe(["first", key, formerKey, "last"]);
    }

    [Theory]
    [InlineData("push in")]
    [InlineData("orbit left, then dolly zoom")]
    public async Task The_engine_writes_both_keys(string prompt)
    {
        var record = (await _harness.RenderAsync(EngineHarness.Request(EngineHarness.Sample("cat-451x300.png"), prompt), (_, _) => { })).ModelData;

        record["asked"]!.GetValue<bool>().ShouldBeTrue();
        ShouldHaveBothKeys(record);
    }

    internal static void ShouldHaveBothKeys(JsonNode? node, string parent = "")
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
                ShouldHaveBothKeys(item, parent);
        }

        if (node is not JsonObject fields)
            return;
        foreach (var (_, key, formerKey) in MotionRecord.FormerKeys.Where(each => each.Parent == parent))
        {
            fields.ContainsKey(formerKey).ShouldBe(fields.ContainsKey(key), $"{key} and {formerKey}");
            JsonNode.DeepEquals(fields[key], fields[formerKey]).ShouldBeTrue($"{key} and {formerKey}");
        }

        foreach (var (name, value) in fields)
            ShouldHaveBothKeys(value, name);
    }
}
