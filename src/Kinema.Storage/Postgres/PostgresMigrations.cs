using System.Globalization;
using Dapper;

namespace Kinema.Storage.Postgres;

/// <summary>Applies numbered scripts once each, in the caller's transaction. Versions are those of the SQLite store; the first script makes the schema of version 13.</summary>
internal static class PostgresMigrations
{
    private const string Prefix = "schema-";
    private const int Digits = 3;

    private static readonly string[] _scripts =
        [.. typeof(PostgresMigrations).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public static int Latest => NumberOf(_scripts[^1]);

    /// <summary>Returns 0 for a database without tables.</summary>
    public static int ReadVersion(IStoreConnection connection) =>
        connection.ExecuteScalar<bool>("SELECT to_regclass('schema_versions') IS NOT NULL;")
            ? connection.ExecuteScalar<int>("SELECT coalesce(max(version), 0) FROM schema_versions;")
            : 0;

    /// <exception cref="InvalidOperationException">The store was written by a newer version.</exception>
    public static int Apply(IStoreConnection connection, long now)
    {
        var version = ReadVersion(connection);
        if (version > Latest)
            throw new InvalidOperationException($"The store has schema version {version}; this version of Kinema knows {Latest} at most. Use a newer Kinema.");

        foreach (var script in _scripts.Where(script => NumberOf(script) > version))
        {
            connection.Execute(Read(script));
            connection.Execute("INSERT INTO schema_versions (version, applied_at) VALUES (@next, @now);", new { next = NumberOf(script), now });
        }

        return Latest;
    }

    private static int NumberOf(string script) => int.Parse(script.AsSpan(Prefix.Length, Digits), CultureInfo.InvariantCulture);

    private static string Read(string script)
    {
        using var resource = typeof(PostgresMigrations).Assembly.GetManifestResourceStream(script)!;
        using var text = new StreamReader(resource);
        return text.ReadToEnd();
    }
}
