using Kinema.Core.Storage;
using Kinema.Storage.Backup;
using Kinema.Storage.Postgres;
using Kinema.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kinema.Storage;

/// <summary>Chooses the database by the options.</summary>
internal static class DatabaseServices
{
    public static IServiceCollection AddDatabases(this IServiceCollection services) => services
        .AddSingleton<MigrationBackup>()
        .AddSingleton<PostgresSql>()
        .AddEither<IStoreDatabase, SqliteDatabase, PostgresDatabase>()
        .AddEither<IStore, SqliteStore, PostgresStore>()
        .AddEither<IStoreBackup, SqliteStoreBackup, PostgresBackup>();

    private static IServiceCollection AddEither<TService, TSqlite, TPostgres>(this IServiceCollection services)
        where TService : class
        where TSqlite : class, TService
        where TPostgres : class, TService => services
            .AddSingleton<TSqlite>()
            .AddSingleton<TPostgres>()
            .AddSingleton<TService>(s => s.GetRequiredService<IOptions<StorageOptions>>().Value.Postgres is null
                ? s.GetRequiredService<TSqlite>()
                : s.GetRequiredService<TPostgres>());
}
