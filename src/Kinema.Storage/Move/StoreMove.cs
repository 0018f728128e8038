using Microsoft.Extensions.Options;
using Npgsql;

namespace Kinema.Storage.Move;

/// <summary>Moves the records of a data folder from SQLite into PostgreSQL. Files and <c>master.key</c> stay in the folder.</summary>
public static class StoreMove
{
    /// <summary>Rows of a statement; the largest rows hold some 300 KB.</summary>
    private const int PageRows = 500;

    /// <summary>
    /// Copies every table in the order of its keys, then reads both databases and compares every value, then renames <c>kinema.db</c> to <c>kinema.db.moved</c>. A move
    /// that was interrupted goes on after the last row that has arrived.
    /// </summary>
    /// <param name="dataFolder">A data folder that no server uses.</param>
    /// <param name="postgres">Connection string of an empty database, or of one that an earlier move began with.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="progress">Told of each table that has been compared; null for nobody.</param>
    /// <param name="ct">Interrupts it.</param>
    /// <exception cref="InvalidDataException">A server uses one of the two, the database holds other records, or a row differs; the message says which.</exception>
    /// <exception cref="ArgumentException">The text is no connection string.</exception>
    /// <exception cref="NpgsqlException">The database does not answer, or refuses a row.</exception>
    public static async Task<IReadOnlyList<MovedRows>> ToPostgresAsync(
        string dataFolder, string postgres, TimeProvider timeProvider, IProgress<MovedRows>? progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        var folder = new DataFolder(Options.Create(new StorageOptions { Path = dataFolder }));
        if (!Directory.Exists(folder.Root))
            throw new InvalidDataException($"There is no data folder {folder.Root}.");

        using var held = new StoreLock(folder);
        if (!held.TryTake())
            throw new InvalidDataException($"A Kinema server uses the data folder {folder.Root}. Stop it first.");

        using var source = new MoveSource(folder);
        await using var target = new MoveTarget(postgres);
        await target.OpenAsync(folder.Root, timeProvider.GetUtcNow().ToUnixTimeMilliseconds() * 1000, ct);
        var tables = await target.ReadTablesAsync(ct);
        RequireSameSchema(source, tables);

        foreach (var table in tables)
            await CopyAsync(source, target, table, ct);

        List<MovedRows> moved = [];
        foreach (var table in tables)
        {
            moved.Add(new(table.Name, await CompareAsync(source, target, table, ct)));
            progress?.Report(moved[^1]);
        }

        // In this order: whatever ends the process in between, no server finds records that are not the whole.
        if (!source.IsSetAside)
            source.SetAside();
        await target.FinishAsync(tables, ct);
        return moved;
    }

    private static void RequireSameSchema(MoveSource source, IReadOnlyList<MovedTable> tables)
    {
        var missing = source.ReadTables().Except([.. tables.Select(table => table.Name), "schema_versions"]).ToList();
        if (missing.Count > 0)
            throw new InvalidDataException($"PostgreSQL's schema lacks the tables {string.Join(", ", missing)}.");
        foreach (var table in tables)
        {
            if (!source.ReadColumns(table.Name).ToHashSet().SetEquals(table.Columns))
                throw new InvalidDataException($"The table {table.Name} has other columns in SQLite than in PostgreSQL.");
        }
    }

    private static async Task CopyAsync(MoveSource source, MoveTarget target, MovedTable table, CancellationToken ct)
    {
        var after = await target.ReadLastAsync(table, ct) is { } last ? table.KeyOf(last) : null;
        while (source.ReadPage(table, after, PageRows) is { Count: > 0 } rows)
        {
            await target.WriteAsync(table, rows, ct);
            after = table.KeyOf(rows[^1]);
        }
    }

    /// <returns>Rows of the table.</returns>
    private static async Task<long> CompareAsync(MoveSource source, MoveTarget target, MovedTable table, CancellationToken ct)
    {
        object?[]? after = null;
        for (long count = 0; ;)
        {
            var (here, there) = (source.ReadPage(table, after, PageRows), await target.ReadPageAsync(table, after, PageRows, ct));
            foreach (var (mine, other) in here.Zip(there))
            {
                if (mine.Index().FirstOrDefault(value => !AreEqual(value.Item, other[value.Index]), (-1, null)) is { Index: >= 0 and var wrong })
                    throw new InvalidDataException($"{table.Describe(mine)} differs in {table.Columns[wrong]}. Move into an empty database.");
            }

            count += here.Count;
            if (here.Count != there.Count)
                throw new InvalidDataException($"The table {table.Name} has not the same rows in {target.Place}. Move into an empty database.");
            if (here.Count < PageRows)
                return count;
            after = table.KeyOf(here[^1]);
        }
    }

    private static bool AreEqual(object? here, object? there) => (here, there) switch
    {
        (byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b),
        _ => Equals(here, there),
    };
}

/// <param name="Table">Name of a table.</param>
/// <param name="Rows">Its rows, each of which was compared.</param>
public sealed record MovedRows(string Table, long Rows);
