using System.Text.Json.Nodes;
using Kinema.Wan.Engine;

namespace Kinema.Wan.Worker.Replays;

/// <summary>A setting that differs from the record: another checkpoint, library or processor cannot be pinned.</summary>
internal sealed record SettingsDifference(string Name, string Recorded, string Now)
{
    // Their names may change with the folder; the digest says whether they are the same.
    private static readonly string[] _ignored = ["checkpoint_files"];

    public static IReadOnlyList<SettingsDifference> Between(WanSettings recorded, WanSettings now) =>
        [.. Compare("", WanReceipt.Write(recorded, null), WanReceipt.Write(now, null))];

    private static IEnumerable<SettingsDifference> Compare(string prefix, JsonObject recorded, JsonObject now)
    {
        foreach (var (name, value) in recorded.Where(field => !_ignored.Contains(field.Key)))
        {
            var other = now[name];
            if (value is JsonObject part && other is JsonObject otherPart)
            {
                foreach (var difference in Compare($"{prefix}{name}.", part, otherPart))
                    yield return difference;
            }
            else if (!JsonNode.DeepEquals(value, other))
            {
                yield return new(prefix + name, Text(value), Text(other));
            }
        }
    }

    private static string Text(JsonNode? value) => value?.ToJsonString() ?? "none";
}
