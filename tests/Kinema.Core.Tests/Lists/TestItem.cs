using Kinema.Core.Lists;

namespace Kinema.Core.Tests.Lists;

/// <summary>Fields of every kind.</summary>
internal static class TestItem
{
    public static readonly FilterField[] Fields =
    [
        new("id", FilterValueKind.Id),
        new("status_code", FilterValueKind.Choice, ["succeeded", "failed"], IsSortable: true),
        new("client_ref", FilterValueKind.Text, IsSortable: true),
        new("model", FilterValueKind.Text),
        new("created_at", FilterValueKind.Time, IsSortable: true),
        new("duration_ms", FilterValueKind.Integer, IsSortable: true),
        new("cost", FilterValueKind.Amount, IsSortable: true),
        new("is_seen", FilterValueKind.Flag),
    ];
}
