using Kinema.Storage.Tests.Conformance;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kinema.Storage.Tests.Sqlite;

/// <summary>A store in a folder of its own.</summary>
public sealed class SqliteTestStore(string? folder = null) : TestStore
{
    public string Folder { get; } = folder ?? Directory.CreateTempSubdirectory("kinema-test-").FullName;

    /// <summary>Files below a folder of the store, as paths in it.</summary>
    public IReadOnlyList<string> Files(string below)
    {
        var root = Path.Combine(Folder, below);
        return Directory.Exists(root)
            ? [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(root, f)).Order(StringComparer.Ordinal)]
            : [];
    }

    public override Task<IReadOnlyList<string>> QueryAsync(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i))));
        return Task.FromResult<IReadOnlyList<string>>(rows);
    }

    protected override void Configure(IServiceCollection services) =>
        services.AddSingleton(Options.Create(new StorageOptions { Path = Folder })).AddKinemaStorage();

    protected override void Erase()
    {
        if (folder is null)
            Directory.Delete(Folder, recursive: true);
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(Folder, "kinema.db"), Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
