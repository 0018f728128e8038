using System.Text.Json;

namespace Kinema.Hosted.DashScope.Wire;

/// <summary>A page of the account's tasks of the last 24 hours, the newest first.</summary>
internal sealed record TaskPage(IReadOnlyList<ListedTask> Tasks, int Pages)
{
    /// <returns>Null if it is no such page.</returns>
    public static TaskPage? Read(JsonElement answer)
    {
        if (answer.Member("data") is not { ValueKind: JsonValueKind.Array } data)
            return null;

        var tasks = new List<ListedTask>();
        foreach (var one in data.EnumerateArray())
        {
            if (one.Text("task_id") is { } id && one.Number("gmt_create") is { } created)
                tasks.Add(new(id, DateTimeOffset.FromUnixTimeMilliseconds((long)created)));
        }

        return new(tasks, (int)(answer.Number("total_page") ?? 1));
    }
}

/// <summary>One of them.</summary>
/// <param name="Id">The provider's id.</param>
/// <param name="CreatedAt">When the provider took it, by the provider's clock.</param>
internal sealed record ListedTask(string Id, DateTimeOffset CreatedAt);
