using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Kinema.Storage.Sqlite;

/// <summary>Applies numbered scripts once each, in the caller's transaction.</summary>
internal static class Migrations
{
    private const string Prefix = "migration-";
    private const int Digits = 3;

    private static readonly string[] _scripts =
        [.. typeof(Migrations).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public static int Latest => NumberOf(_scripts[^1]);

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
        foreach (var script in _scripts.Where(script => NumberOf(script) > version))
        {
            connection.Execute(Read(script));
            connection.Execute("INSERT INTO schema_versions (version, applied_at) VALUES (@next, @now);", new { next = NumberOf(script), now });
        }
    }

    private static int NumberOf(string script) => int.Parse(script.AsSpan(Prefix.Length, Digits), CultureInfo.InvariantCulture);

    private static string Read(string script)
    {
        using var resource = typeof(Migrations).Assembly.GetManifestResourceStream(script)!;
        using var text = new StreamReader(resource);
        return text.ReadToEnd();
    }
}
