using Kinema.Core.Lists;

namespace Kinema.Core.Runs;

/// <summary>The fields that runs can be filtered and sorted by.</summary>
public static class RunFields
{
    public static readonly FilterField Id = new("id", FilterValueKind.Id);
    public static readonly FilterField Status = new("status_code", FilterValueKind.Choice, [.. Enum.GetValues<RunStatus>().Select(status => status.ToCode())], IsSortable: true);
    public static readonly FilterField Model = new("model", FilterValueKind.Text, IsSortable: true);
    public static readonly FilterField Engine = new("engine", FilterValueKind.Text, IsSortable: true);
    public static readonly FilterField ClientRef = new("client_ref", FilterValueKind.Text, IsSortable: true);
    public static readonly FilterField CreatedAt = new("created_at", FilterValueKind.Time, IsSortable: true);

    public static IReadOnlyList<FilterField> All { get; } =
    [
        Id,
        Status,
        Model,
        Engine,
        ClientRef,
        CreatedAt,
        new("started_at", FilterValueKind.Time, IsSortable: true),
        new("completed_at", FilterValueKind.Time, IsSortable: true),
        new("duration_ms", FilterValueKind.Integer, IsSortable: true),
        new("cost", FilterValueKind.Amount, IsSortable: true),
        new("attempts", FilterValueKind.Integer, IsSortable: true),
        new("model_id", FilterValueKind.Id),
        new("source_code", FilterValueKind.Text, IsSortable: true),
        new("callback_url", FilterValueKind.Text),
        new("request_id", FilterValueKind.Text),
        new("created_by", FilterValueKind.Id),
        new("failure_code", FilterValueKind.Text, IsSortable: true),
        new("failure_stage_code", FilterValueKind.Text),
    ];
}
