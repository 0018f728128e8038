using System.Text.Json.Nodes;

namespace Kinema.Core.Runs;

/// <summary>Keys of the motion engine's <c>model_data</c> that were renamed. Records stored by the previous version have only the old keys.</summary>
internal static class RenamedModelData
{
    private const string Engine = "motion";

    private static readonly (string Old, string New)[] _keys =
    [
        ("approach", "added_zoom"),
        ("clip_pace", "clip_velocity"),
        ("asked", "camera_requested"),
        ("farthest_move", "max_displacement"),
    ];

    private static readonly (string Old, string New)[] _moveKeys = [("made_as", "rendered_as"), ("closer", "added_zoom")];

    /// <summary>Returns the run's model data with each new key after its old one. The stored object does not change.</summary>
    public static JsonObject WithNewKeys(Run run, JsonObject stored)
    {
        if (run.EngineId != Engine)
            return stored;

        var data = stored.DeepClone().AsObject();
        AddNewKeys(data, _keys);
        foreach (var move in (data["moves"] as JsonArray ?? []).OfType<JsonObject>())
            AddNewKeys(move, _moveKeys);
        return data;
    }

    private static void AddNewKeys(JsonObject record, (string Old, string New)[] keys)
    {
        foreach (var (oldKey, newKey) in keys)
        {
            var index = record.IndexOf(oldKey);
            if (index >= 0 && !record.ContainsKey(newKey))
                record.Insert(index + 1, newKey, record[oldKey]?.DeepClone());
        }
    }
}
