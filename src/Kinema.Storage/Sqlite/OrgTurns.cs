using Dapper;

namespace Kinema.Storage.Sqlite;

/// <summary>Serves organisations in turn, so that a long queue of one does not delay the others.</summary>
internal static class OrgTurns
{
    public const string Runs = "runs";
    public const string Deliveries = "deliveries";

    /// <summary>Finds work of the organisation that was served longest ago and has some, and moves that organisation to the end.</summary>
    /// <param name="connection">Connection with the claim's transaction.</param>
    /// <param name="queue"><see cref="Runs"/> or <see cref="Deliveries"/>.</param>
    /// <param name="waiting">Statement that lists the organisations with work, in the order of their turns.</param>
    /// <param name="find">Returns the id of an organisation's next work, or null.</param>
    public static string? Take(IStoreConnection connection, string queue, string waiting, Func<string, string?> find)
    {
        foreach (var orgId in connection.Query<string>(waiting))
        {
            if (find(orgId) is not { } id)
                continue;

            connection.Execute(Sql.TakeTurn, new { queue, orgId });
            return id;
        }

        return null;
    }
}
