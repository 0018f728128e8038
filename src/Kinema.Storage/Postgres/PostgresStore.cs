using System.Data.Common;
using Dapper;
using Kinema.Core.Callbacks;
using Kinema.Core.Runs;
using Kinema.Core.Storage;
using Kinema.Storage.Keys;
using Kinema.Storage.Move;
using Kinema.Storage.Sqlite;
using Kinema.Storage.Sqlite.Workers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Storage.Postgres;

/// <summary>Store of one server: records in PostgreSQL, files and keys in the data folder.</summary>
internal sealed partial class PostgresStore(
    IOptions<StorageOptions> options,
    DataFolder folder,
    PostgresDatabase database,
    MasterKey masterKey,
    IRunMaintenance maintenance,
    ICallbackOutbox outbox,
    WorkerHearing hearing,
    StoreClock clock,
    TimeProvider timeProvider,
    ILogger<PostgresStore> logger) : IStore, IDisposable
{
    private readonly StoreLock _folderLock = new(folder);
    private PostgresLock? _lock;

    public Guid InstanceId { get; } = Guid.CreateVersion7(timeProvider.GetUtcNow());

    private string Place => PostgresSettings.Describe(options.Value.Postgres!);

    public async Task OpenAsync(StoreRole role, CancellationToken ct)
    {
        try
        {
            TakeFolder(role);
            await CheckFirstStartAsync(ct);
            await TakeDatabaseAsync(role, ct);
            masterKey.Load();
        }
        catch (DbException error)
        {
            Dispose();
            throw new InvalidOperationException($"The database {Place} (Data:Postgres) cannot be used: {error.Message}", error);
        }
        catch
        {
            Dispose();
            throw;
        }

        if (role == StoreRole.Server)
            await StartAsync(ct);
    }

    public async Task<string?> CheckAsync(CancellationToken ct)
    {
        try
        {
            return await database.ReadAsync(PostgresMigrations.ReadVersion, ct) > 0 ? null : "The store has no schema.";
        }
        catch (DbException error)
        {
            return $"The database does not answer: {error.Message}";
        }
    }

    public void Dispose()
    {
        // In this order: the next server must not start while this one still writes.
        database.Dispose();
        _lock?.Dispose();
        _folderLock.Dispose();
    }

    private void TakeFolder(StoreRole role)
    {
        try
        {
            folder.Create();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw OpenErrors.NotWritable(folder, error);
        }

        if (role == StoreRole.Server && !_folderLock.TryTake())
        {
            throw new StoreInUseException(
                $"Another Kinema server uses the data folder {folder.Root}. Stop it, or give this one a folder of its own (Data:Path).");
        }
    }

    /// <summary>A database without tables beside files of an earlier life is not the one that they belong to.</summary>
    private async Task CheckFirstStartAsync(CancellationToken ct)
    {
        var check = new DataFolderCheck(folder, Place);
        var (version, secrets) = await database.ReadAsync(
            c => PostgresMigrations.ReadVersion(c) is > 0 and var found ? (found, c.ExecuteScalar<long>("SELECT count(*) FROM secrets;")) : (0, 0), ct);
        check.RequireMasterKey(secrets);
        if (await database.ReadAsync(c => c.ExecuteScalar<bool>($"SELECT to_regclass('{MoveTarget.Marker}') IS NOT NULL;"), ct))
            throw new StoreDamagedException($"A move of records into the database {Place} (Data:Postgres) has not come to its end. Run `kinema move` again; it goes on.");
        if (version > 0)
            return;

        check.RequireFirstStart("has no tables");
        if (File.Exists(folder.Database))
        {
            throw new StoreDamagedException(
                $"The database {Place} (Data:Postgres) has no tables, but the data folder holds the records {folder.Database}. Nothing was changed. "
                + "Move them with `kinema move`, start without Data:Postgres, or use another data folder (Data:Path).");
        }
    }

    private async Task TakeDatabaseAsync(StoreRole role, CancellationToken ct)
    {
        var isLatest = await database.ReadAsync(PostgresMigrations.ReadVersion, ct) == PostgresMigrations.Latest;
        if (role == StoreRole.Tool && isLatest)
            return;

        _lock = new(PostgresSettings.Of(options.Value.Postgres!));
        if (!await _lock.TryTakeAsync(ct))
        {
            throw new StoreInUseException(role == StoreRole.Server
                ? $"Another Kinema server uses the database {Place}. Stop it, or give this one a database of its own (Data:Postgres)."
                : $"The server on the database {Place} is of another version than this command. Use the same version, or stop the server.");
        }

        await database.WriteAsync(c => PostgresMigrations.Apply(c, clock.Wall), ct);
        if (role == StoreRole.Tool)
            _lock.Dispose();
    }

    private async Task StartAsync(CancellationToken ct)
    {
        await database.WriteAsync(
            c =>
            {
                c.Execute(
                    "INSERT INTO store_owner (is_only, instance_id) VALUES (1, @id) ON CONFLICT (is_only) DO UPDATE SET instance_id = excluded.instance_id;",
                    new { id = InstanceId.ToString() });
                c.Execute(Sql.StartSteadyTime, new { now = clock.Steady });

                // The lock proves that earlier instances and the workers in them are dead, or can no longer write.
                c.Execute(Sql.ForgetPredecessors, new { instanceId = InstanceId.ToString() });
                c.Execute(Sql.RemoveSilentWorkers, new { heardBefore = hearing.ForgottenBefore });
                return c.Execute(Sql.AddInstance, new { id = InstanceId.ToString(), processId = Environment.ProcessId, now = clock.Wall });
            },
            ct);
        database.Owner = InstanceId;
        var leases = await maintenance.ReclaimFromDeadInstancesAsync(InstanceId, ct);
        var deliveries = await outbox.ReclaimFromDeadInstancesAsync(InstanceId, ct);
        LogOpened(Place, InstanceId, leases, deliveries);
    }

    [LoggerMessage(LogLevel.Information, "Opened the store in {Database} as instance {InstanceId}; took back {Leases} leases and {Deliveries} deliveries.")]
    private partial void LogOpened(string database, Guid instanceId, int leases, int deliveries);
}
