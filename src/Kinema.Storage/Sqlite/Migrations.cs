using Dapper;
using Microsoft.Data.Sqlite;

namespace Kinema.Storage.Sqlite;

/// <summary>Applies numbered scripts once each, in the caller's transaction.</summary>
internal static class Migrations
{
    public const int Latest = 8;

    /// <summary>Numbers without a script.</summary>
    private static readonly int[] _unused = [7];

    /// <summary>Returns 0 for a database without tables.</summary>
    public static int ReadVersion(SqliteConnection connection) =>
        connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_versions');")
            ? connection.ExecuteScalar<int>("SELECT coalesce(max(version), 0) FROM schema_versions;")
            : 0;

    /// <exception cref="InvalidOperationException">The store was written by a newer version.</exception>
    public static void RequireKnown(int version)
    {
        if (version > Latest)
            throw new InvalidOperationException($"The store has schema version {version}; this version of Kinema knows {Latest} at most. Use a newer Kinema.");
    }

    /// <exception cref="InvalidOperationException">The store was written by a newer version.</exception>
    public static void Apply(SqliteConnection connection, long now)
    {
        connection.Execute("CREATE TABLE IF NOT EXISTS schema_versions (version INTEGER NOT NULL PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT;");
        var version = ReadVersion(connection);
        RequireKnown(version);
        for (var next = version + 1; next <= Latest; next++)
        {
            if (!_unused.Contains(next))
                connection.Execute(Read(next));
            connection.Execute("INSERT INTO schema_versions (version, applied_at) VALUES (@next, @now);", new { next, now });
        }
    }

    private static string Read(int version)
    {
        using var resource = typeof(Migrations).Assembly.GetManifestResourceStream($"migration-{version:000}.sql")
            ?? throw new InvalidOperationException($"Migration {version} is not embedded.");
        using var text = new StreamReader(resource);
        return text.ReadToEnd();
    }
}
