using Kinema.Storage.Tests.Conformance;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Kinema.Storage.Tests.Postgres;

/// <summary>A store in a database and a folder of its own.</summary>
public sealed class PostgresTestStore(PostgresServer server, PostgresTestStore? other = null) : TestStore
{
    public string Connection { get; } = other?.Connection ?? server.CreateDatabase();

    /// <summary>Another database to open; null for the own one.</summary>
    public string? Database { get; init; }

    public string Folder { get; init; } = Directory.CreateTempSubdirectory("kinema-test-").FullName;

    /// <summary>Whether the folder belongs to the test.</summary>
    public bool KeepsFolder { get; init; }

    public override async Task<IReadOnlyList<string>> QueryAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Connection) { Pooling = false }.ToString());
        await connection.OpenAsync();

        // The one function of SQLite that these looks behind the seams need.
        await using var command = new NpgsqlCommand(sql.Replace("zeroblob(32)", "decode(repeat('00', 32), 'hex')", StringComparison.Ordinal), connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i))));
        return rows;
    }

    protected override void Configure(IServiceCollection services) =>
        services.AddSingleton(Options.Create(new StorageOptions { Path = Folder, Postgres = Database ?? Connection })).AddKinemaStorage();

    protected override void Erase()
    {
        if (!KeepsFolder)
            Directory.Delete(Folder, recursive: true);
        if (other is null)
            server.DropDatabase(Connection);
    }
}
