using Dapper;
using Kinema.Core.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Kinema.Storage.Postgres;

/// <summary>PostgreSQL database. Writes run one after another, those of other processes too: an advisory lock for each transaction keeps the rules that SQLite's write lock keeps.</summary>
/// <remarks>
/// A transaction whose connection is lost before its commit was sent runs again on another; so the database may restart. Whether a commit was done whose answer is
/// lost nobody knows: that write fails, and is not repeated.
/// </remarks>
internal sealed class PostgresDatabase : IStoreDatabase, IDisposable
{
    /// <summary>With these waits, about twelve seconds.</summary>
    private const int Attempts = 10;
    private const int FirstWaitMilliseconds = 100;
    private const int LongestWaitMilliseconds = 2000;

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly PostgresSql _sql;
    private readonly Lazy<NpgsqlDataSource> _source;

    public PostgresDatabase(IOptions<StorageOptions> options, PostgresSql sql)
    {
        _sql = sql;
        _source = new(() => NpgsqlDataSource.Create(PostgresSettings.Of(options.Value.Postgres!)));
        DefaultTypeMap.MatchNamesWithUnderscores = true;
    }

    /// <summary>The server that may write; null for a tool, which may always.</summary>
    public Guid? Owner { get; set; }

    public async Task<T> WriteAsync<T>(Func<IStoreConnection, T> work, CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        try
        {
            return await RepeatAsync(repetition => WriteOnceAsync(work, repetition, ct), ct);
        }
        catch (PostgresException error)
        {
            throw PostgresErrors.Translate(error);
        }
        finally
        {
            _writing.Release();
        }
    }

    public Task<T> ReadAsync<T>(Func<IStoreConnection, T> work, CancellationToken ct) => RepeatAsync(
        async _ =>
        {
            await using var connection = await _source.Value.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
            var result = work(new PostgresConnection(connection, _sql));
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        },
        ct);

    public void RunBetweenWrites(Action<IStoreConnection> work) => WriteAsync(
        connection =>
        {
            work(connection);
            return true;
        },
        CancellationToken.None).GetAwaiter().GetResult();

    public void Dispose()
    {
        if (_source.IsValueCreated)
            _source.Value.Dispose();
        _writing.Dispose();
    }

    private async Task<T> WriteOnceAsync<T>(Func<IStoreConnection, T> work, Repetition repetition, CancellationToken ct)
    {
        await using var connection = await _source.Value.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var store = new PostgresConnection(connection, _sql);
        store.Execute("SELECT pg_advisory_xact_lock(@key);", new { key = PostgresLock.Writes });
        if (Owner is { } owner && store.QuerySingle<string>("SELECT instance_id FROM store_owner;") != owner.ToString())
            throw new StoreInUseException("Another Kinema server has taken the database over (Data:Postgres). This one can no longer write; stop it.");

        var result = work(store);
        repetition.IsAllowed = false;
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }

    private static async Task<T> RepeatAsync<T>(Func<Repetition, Task<T>> once, CancellationToken ct)
    {
        var wait = FirstWaitMilliseconds;
        for (var attempt = 1; ; attempt++)
        {
            var repetition = new Repetition { IsAllowed = true };
            try
            {
                return await once(repetition);
            }
            catch (NpgsqlException error) when (repetition.IsAllowed && attempt < Attempts && PostgresErrors.IsOfTheConnection(error))
            {
                await Task.Delay(wait, ct);
                wait = Math.Min(2 * wait, LongestWaitMilliseconds);
            }
        }
    }

    /// <summary>Whether the transaction that runs may run again.</summary>
    private sealed class Repetition
    {
        public required bool IsAllowed { get; set; }
    }
}
