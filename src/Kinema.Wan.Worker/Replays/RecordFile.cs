using System.Text.Json;
using System.Text.Json.Nodes;
using Kinema.Cli;
using Kinema.Wan.Engine;

namespace Kinema.Wan.Worker.Replays;

/// <summary>Finds a Wan record in a file of JSON, however deep: a run has it in its output.</summary>
internal static class RecordFile
{
    private const long LargestBytes = 4 << 20;
    private const string Sign = "checkpoint_digest";

    /// <exception cref="CommandFailure">The file has no record of a Wan video, or no prompt belongs to it.</exception>
    public static async Task<WanSettings> ReadAsync(string path, string? prompt, CancellationToken ct)
    {
        if (new FileInfo(path).Length > LargestBytes)
            throw new CommandFailure(ExitCodes.Usage, $"{path} has more than {LargestBytes} bytes; a record has a few thousand.");

        try
        {
            var root = JsonNode.Parse(await File.ReadAllTextAsync(path, ct));
            var record = Find(root) ?? throw new CommandFailure(ExitCodes.Usage, $"{path} has no record of a Wan video: no object with \"{Sign}\".");
            return WanReceipt.Read(record, prompt ?? PromptOf(record, root)
                ?? throw new CommandFailure(ExitCodes.Usage, $"{path} has no prompt, which a record leaves out; give it with --prompt."));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new CommandFailure(ExitCodes.Usage, $"{path} is no record of a Wan video: {e.Message}");
        }
    }

    private static JsonObject? Find(JsonNode? node) => node switch
    {
        JsonObject fields when fields.ContainsKey(Sign) => fields,
        JsonObject fields => fields.Select(field => Find(field.Value)).FirstOrDefault(found => found is not null),
        JsonArray items => items.Select(Find).FirstOrDefault(found => found is not null),
        _ => null,
    };

    /// <summary>The expanded prompt made the video, if there was one.</summary>
    private static string? PromptOf(JsonObject record, JsonNode? root) =>
        (string?)record["actual_prompt"] ?? ((root as JsonObject)?["input"] is JsonObject input ? (string?)input["prompt"] : null);
}
