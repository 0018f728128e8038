using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinema.Wan.Engine;

/// <summary>The effective settings of a video as <c>model_data</c>, and back.</summary>
/// <remarks>The prompt stays out: the run has it as its input, and <c>model_data</c> goes into the file.</remarks>
public static class WanReceipt
{
    private const string PromptKey = "prompt";
    private const string RuntimeKey = "runtime", ProcessorKey = "processor";

    // Stores and answers may leave out what is null.
    private static readonly string[] _nullableKeys = ["guidance_scale2", "boundary_ratio", "max_area", "negative_prompt"];
    private static readonly JsonSerializerOptions _json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Writes the settings, and what step caching measured.</summary>
    public static JsonObject Write(WanSettings settings, WanStepCacheReport? measured)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var record = JsonSerializer.SerializeToNode(settings, _json)!.AsObject();
        record.Remove(PromptKey);
        if (measured is not null && record["step_cache"] is JsonObject cache)
            cache["measured_error"] = measured.MeasuredError;
        return record;
    }

    /// <summary>Reads the settings back; keys of others are ignored.</summary>
    /// <param name="record">What <see cref="Write"/> returned.</param>
    /// <param name="prompt">The prompt that the video was made from: expanded, if it was.</param>
    /// <exception cref="JsonException">The record is not one of this engine; the message names the key.</exception>
    public static WanSettings Read(JsonObject record, string prompt)
    {
        ArgumentNullException.ThrowIfNull(record);
        var whole = record.DeepClone().AsObject();
        whole[PromptKey] = prompt;
        foreach (var key in _nullableKeys.Where(key => !whole.ContainsKey(key)))
            whole[key] = null;
        if (whole[RuntimeKey] is JsonObject runtime && !runtime.ContainsKey(ProcessorKey))
            runtime[ProcessorKey] = null;
        return whole.Deserialize<WanSettings>(_json)!;
    }
}
