using Dapper;
using Kinema.Core.Callbacks;
using Kinema.Core.Runs;
using Kinema.Core.Storage;
using Kinema.Storage.Backup;
using Kinema.Storage.Disk;
using Kinema.Storage.Keys;
using Kinema.Storage.Sqlite.Runs;
using Kinema.Storage.Sqlite.Workers;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Kinema.Storage.Sqlite;

/// <summary>Store of one machine: a SQLite file in the data folder.</summary>
internal sealed partial class SqliteStore(
    DataFolder folder,
    SqliteDatabase database,
    MasterKey masterKey,
    IRunMaintenance maintenance,
    ICallbackOutbox outbox,
    MigrationBackup migrationBackup,
    WorkerHearing hearing,
    StoreClock clock,
    TimeProvider timeProvider,
    ILogger<SqliteStore> logger) : IStore, IDisposable
{
    private readonly StoreLock _lock = new(folder);
    private bool _isOpen;
    private bool _isServer;

    public Guid InstanceId { get; } = Guid.CreateVersion7(timeProvider.GetUtcNow());

    public async Task OpenAsync(StoreRole role, CancellationToken ct)
    {
        if (!TryTakeFolder(role))
        {
            throw new StoreInUseException(
                $"Another Kinema server uses the data folder {folder.Root}. Stop it, or give this one a folder of its own (Data:Path).");
        }

        Check();
        if (role == StoreRole.Tool)
        {
            await OpenBesideAServerAsync(ct);
            await database.WriteAsync(PrepareCounts, ct);
            return;
        }

        await MigrateAsync(ct);
        await database.WriteAsync(
            c =>
            {
                PrepareCounts(c);
                c.Execute(Sql.StartSteadyTime, new { now = clock.Steady });

                // The lock proves that earlier instances and the workers in them are dead, so their published engines are removed.
                c.Execute(Sql.ForgetPredecessors, new { instanceId = InstanceId.ToString() });
                c.Execute(Sql.RemoveSilentWorkers, new { heardBefore = hearing.ForgottenBefore });
                return c.Execute(Sql.AddInstance, new { id = InstanceId.ToString(), processId = Environment.ProcessId, now = clock.Wall });
            },
            ct);

        // After the first write, so that the log is there before the marker is.
        _isServer = true;
        PrivateFile.Open(folder.OpenMarker, FileMode.Create, FileAccess.Write, FileShare.None).Dispose();
        var leases = await maintenance.ReclaimFromDeadInstancesAsync(InstanceId, ct);
        var deliveries = await outbox.ReclaimFromDeadInstancesAsync(InstanceId, ct);
        LogOpened(folder.Root, InstanceId, leases, deliveries);
    }

    public async Task<string?> CheckAsync(CancellationToken ct)
    {
        try
        {
            if (!File.Exists(folder.Database))
                return "The database file is gone.";

            if (database.LastWriteFailure is not null && await FindWriteProblemAsync(ct) is { } problem)
                return problem;

            // A read: a check that waited for the write lock would slow the server down, and need no key to do so.
            return await database.ReadAsync(Migrations.ReadVersion, ct) > 0 ? null : "The store has no schema.";
        }
        catch (SqliteException error)
        {
            return $"The database does not answer: {error.Message}";
        }
    }

    public void Dispose()
    {
        // The log leaves the disk with the last connection: after the marker, or a kill in between would look like a lost log. A command beside a
        // running server leaves the marker to it; one that is alone has put the log into the database itself.
        try
        {
            if (_isOpen && (_isServer || (File.Exists(folder.OpenMarker) && _lock.TryTake())))
            {
                database.Checkpoint();
                File.Delete(folder.OpenMarker);
            }
        }
        finally
        {
            _isOpen = false;

            // In this order: the next server must not start while this one still writes.
            database.Dispose();
            _lock.Dispose();
        }
    }

    /// <summary>Tries a write after one failed: a server that readiness takes out of service gets no others that could succeed.</summary>
    private async Task<string?> FindWriteProblemAsync(CancellationToken ct)
    {
        try
        {
            await database.WriteAsync(c => c.Execute("UPDATE schema_versions SET applied_at = applied_at WHERE version = @latest;", new { latest = Migrations.Latest }), ct);
            return null;
        }
        catch (Exception error) when (error is StorageFullException or SqliteException)
        {
            return $"The last write failed: {error.Message}";
        }
    }

    /// <summary>Creates the folder and, for a server, takes its lock. Returns false if another server holds it.</summary>
    private bool TryTakeFolder(StoreRole role)
    {
        try
        {
            folder.Create();
            return role != StoreRole.Server || _lock.TryTake();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw OpenErrors.NotWritable(folder, error);
        }
    }

    private void Check()
    {
        var check = new DataFolderCheck(folder);
        check.CheckFiles();
        _isOpen = true;
        try
        {
            database.Open();
            var (hasSchema, secrets) = database.Inspect();
            if (!hasSchema)
                check.RequireFirstStart("has no tables");
            check.RequireMasterKey(secrets);
        }
        catch (SqliteException error)
        {
            _isOpen = false;
            Dispose();
            throw OpenErrors.Explain(folder, error);
        }
        catch
        {
            Dispose();
            throw;
        }

        masterKey.Load();
    }

    private static bool PrepareCounts(SqliteConnection writer)
    {
        QueueCounts.Prepare(writer);
        return true;
    }

    private async Task MigrateAsync(CancellationToken ct)
    {
        var version = await database.ReadAsync(Migrations.ReadVersion, ct);
        Migrations.RequireKnown(version);
        if (version > 0 && version < Migrations.Latest)
            LogMigrating(version, Migrations.Latest, await migrationBackup.WriteAsync(version, ct));

        await database.WriteAsync(
            c =>
            {
                Migrations.Apply(c, clock.Wall);
                return 0;
            },
            ct);
    }

    /// <summary>Opens the store for a tool; migrates the schema only if no server is running.</summary>
    private async Task OpenBesideAServerAsync(CancellationToken ct)
    {
        if (await database.ReadAsync(Migrations.ReadVersion, ct) == Migrations.Latest)
            return;

        if (!_lock.TryTake())
            throw new StoreInUseException($"The server on {folder.Root} is of another version than this command. Use the same version, or stop the server.");

        try
        {
            await MigrateAsync(ct);
        }
        finally
        {
            _lock.Dispose();
        }
    }
}
