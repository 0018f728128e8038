using System.Text.Json;

namespace Kinema.Hosted.DashScope.Wire;

/// <summary>What a query says of a task.</summary>
internal sealed record TaskReply
{
    public required TaskStatus Status { get; init; }

    /// <summary>Signed address of the video, valid for a day; its query is the signature.</summary>
    public string? VideoUrl { get; init; }

    public string? OriginalPrompt { get; init; }

    /// <summary>The prompt as the provider expanded it; models of 2.7 do not say it.</summary>
    public string? ActualPrompt { get; init; }

    /// <summary>Billed length, seconds: that of the whole video, with the clip it continues.</summary>
    public double? Seconds { get; init; }

    /// <summary>720 or 1080.</summary>
    public int? Resolution { get; init; }

    /// <summary>Why it failed.</summary>
    public ProviderError? Error { get; init; }

    public bool IsFinal => Status is TaskStatus.Succeeded or TaskStatus.Failed or TaskStatus.Canceled;

    public static TaskReply Waiting { get; } = new() { Status = TaskStatus.Pending };

    /// <returns>Null if it is no answer about a task.</returns>
    public static TaskReply? Read(JsonElement answer)
    {
        if (answer.Member("output") is not { } output || StatusOf(output.Text("task_status")) is not { } status)
            return null;

        var usage = answer.Member("usage") ?? default;
        return new()
        {
            Status = status,
            VideoUrl = output.Text("video_url"),
            OriginalPrompt = output.Text("orig_prompt"),
            ActualPrompt = output.Text("actual_prompt"),
            Seconds = usage.Number("duration") ?? usage.Number("output_video_duration"),
            Resolution = (int?)usage.Number("SR"),
            Error = status == TaskStatus.Failed ? new(output.Text("code") ?? "", output.Text("message") ?? "", 200) : null,
        };
    }

    public static TaskStatus? StatusOf(string? word) => word switch
    {
        "PENDING" => TaskStatus.Pending,
        "RUNNING" => TaskStatus.Running,
        "SUCCEEDED" => TaskStatus.Succeeded,
        "FAILED" => TaskStatus.Failed,
        "CANCELED" => TaskStatus.Canceled,
        "UNKNOWN" => TaskStatus.Unknown,
        _ => null,
    };
}

internal enum TaskStatus
{
    Pending,
    Running,
    Succeeded,
    Failed,
    Canceled,

    /// <summary>Not known yet, just after the submit, or no more.</summary>
    Unknown,
}
