using System.Globalization;

namespace Kinema.Hosted.DashScope;

/// <summary>The checkpoint of a run: which task it has, since when.</summary>
internal static class TaskCheckpoint
{
    private const string Prefix = "dashscope ";

    public static string Write(string taskId, DateTimeOffset sentAt) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{sentAt.ToUnixTimeMilliseconds()} {taskId}");

    /// <returns>Null if it is none of this engine's.</returns>
    public static (string TaskId, DateTimeOffset SentAt)? Read(string? text) =>
        text?.StartsWith(Prefix, StringComparison.Ordinal) == true && text.Split(' ') is [_, var time, var id] && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var sent)
            ? (id, DateTimeOffset.FromUnixTimeMilliseconds(sent))
            : null;
}
