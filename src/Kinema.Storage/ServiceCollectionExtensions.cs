using Kinema.Core.Admission;
using Kinema.Core.Artifacts;
using Kinema.Core.Assets;
using Kinema.Core.Callbacks;
using Kinema.Core.Idempotency;
using Kinema.Core.Keys;
using Kinema.Core.Runs;
using Kinema.Core.Storage;
using Kinema.Core.Upstream;
using Kinema.Core.Workers;
using Kinema.Storage.Disk;
using Kinema.Storage.Keys;
using Kinema.Storage.Sqlite;
using Kinema.Storage.Sqlite.Assets;
using Kinema.Storage.Sqlite.Callbacks;
using Kinema.Storage.Sqlite.Idempotency;
using Kinema.Storage.Sqlite.Keys;
using Kinema.Storage.Sqlite.Runs;
using Kinema.Storage.Sqlite.Runs.Records;
using Kinema.Storage.Sqlite.Upstream;
using Kinema.Storage.Sqlite.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kinema.Storage;

public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds the store: SQLite, or PostgreSQL where the options name one, for records, the data folder for files. Needs <see cref="ICallbackComposer"/> and, before
    /// any other call, <see cref="IStore.OpenAsync"/>. Logging is the host's.
    /// </summary>
    public static IServiceCollection AddKinemaStorage(this IServiceCollection services)
    {
        services.AddOptions();
        services.TryAddSingleton(TimeProvider.System);

        services.AddSingleton<DataFolder>();
        services.AddSingleton<StoreClock>();
        services.AddDatabases();
        services.AddSingleton<MasterKey>();
        services.AddSingleton<ISigningKeys>(s => s.GetRequiredService<MasterKey>());

        services.AddSingleton<RunTermination>();
        services.AddSingleton<MediaRetention>();
        services.AddSingleton<IRunLedger, SqliteRunLedger>();
        services.AddSingleton<IWorkerLedger, SqliteWorkerLedger>();
        services.AddSingleton<IRunMaintenance, SqliteRunMaintenance>();
        services.AddSingleton<IUpstreamTasks, SqliteUpstreamTasks>();
        services.AddSingleton<IForgottenMedia, SqliteForgottenMedia>();
        services.AddSingleton<IStoreLifetime, SqliteStoreLifetime>();
        services.AddSingleton<IAssets, SqliteAssets>();
        services.AddSingleton<ICallbackOutbox, SqliteCallbackOutbox>();
        services.AddSingleton<ICallbackPauses, SqliteCallbackPauses>();
        services.AddSingleton<IIdempotencyKeys, SqliteIdempotencyKeys>();
        services.AddSingleton<WorkerHearing>();
        services.AddSingleton<SqliteWorkerDirectory>();
        services.AddSingleton<IWorkerList, SqliteWorkerList>();
        services.AddSingleton<IRemoteWorkers, SqliteRemoteWorkers>();
        services.AddSingleton<IWorkerDirectory>(s => s.GetRequiredService<SqliteWorkerDirectory>());

        services.AddRunRecords();

        services.AddSingleton<SecretBox>();
        services.AddSingleton<ICallbackSecrets, SqliteCallbackSecrets>();
        services.AddSingleton<KeyUse>();
        services.AddSingleton<IApiKeys, SqliteApiKeys>();
        services.AddSingleton<IWorkerKeys, SqliteWorkerKeys>();
        services.AddSingleton<ISessions, SqliteSessions>();
        services.AddSingleton<IOrganizations, SqliteOrganizations>();

        services.TryAddSingleton<IDiskFloor, NoDiskFloor>();
        services.AddSingleton<IVolume, DataVolume>();
        services.AddSingleton<IDataFolders, DataFolders>();
        services.AddSingleton<DiskSpace>();
        services.AddSingleton<IDiskSpaceCheck>(s => s.GetRequiredService<DiskSpace>());
        services.AddSingleton<Trash>();
        services.AddSingleton<ITrash>(s => s.GetRequiredService<Trash>());
        services.AddSingleton<DiskArtifactStore>();
        services.AddSingleton<IArtifactStore>(s => s.GetRequiredService<DiskArtifactStore>());
        services.AddSingleton<DiskContentStore>();
        services.AddSingleton<IContentStore>(s => s.GetRequiredService<DiskContentStore>());
        services.AddSingleton<UnnamedContents>();
        services.AddSingleton<IUnnamedContents>(s => s.GetRequiredService<UnnamedContents>()).AddSingleton<IQueueCheck, SqliteQueueCheck>()
            .AddSingleton<IStorageUsage, SqliteStorageUsage>();
        return services;
    }
}
