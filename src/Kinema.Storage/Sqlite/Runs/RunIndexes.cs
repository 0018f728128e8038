using Kinema.Core.Lists;
using Kinema.Core.Runs;

namespace Kinema.Storage.Sqlite.Runs;

/// <summary>The indexes that lists of runs read: (org_id, field, created_at, id).</summary>
internal static class RunIndexes
{
    public const string ByOrganization = "runs_by_org";

    // The field with the most values first: its equality leaves the fewest runs.
    private static readonly (FilterField Field, string Index)[] _indexes =
    [
        (RunFields.ClientRef, "runs_by_client_ref"),
        (RunFields.Status, "runs_by_status"),
        (RunFields.Engine, "runs_by_engine"),
        (RunFields.Model, "runs_by_model"),
    ];

    public static string Of(FilterField field) => _indexes.Single(entry => entry.Field == field).Index;

    public static int Rank(FilterField field) => Array.FindIndex(_indexes, entry => entry.Field == field);
}
