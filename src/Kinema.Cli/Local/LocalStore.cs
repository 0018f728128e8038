using Kinema.Core.Admission;
using Kinema.Core.Callbacks;
using Kinema.Core.Keys;
using Kinema.Core.Storage;
using Kinema.Core.Workers;
using Kinema.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Cli.Local;

/// <summary>The store of a data folder, opened while a server may be running on it.</summary>
internal sealed class LocalStore : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private LocalStore(ServiceProvider services) => _services = services;

    public IOrganizations Organizations => _services.GetRequiredService<IOrganizations>();

    public IApiKeys Keys => _services.GetRequiredService<IApiKeys>();

    public IWorkerKeys WorkerKeys => _services.GetRequiredService<IWorkerKeys>();

    public IWorkerList WorkerList => _services.GetRequiredService<IWorkerList>();

    public IRemoteWorkers RemoteWorkers => _services.GetRequiredService<IRemoteWorkers>();

    public ICallbackSecrets Secrets => _services.GetRequiredService<ICallbackSecrets>();

    public ICallbackPauses CallbackPauses => _services.GetRequiredService<ICallbackPauses>();

    public IStoreBackup Backup => _services.GetRequiredService<IStoreBackup>();

    /// <param name="folder">The data folder.</param>
    /// <param name="create">Whether to create a missing folder; commands that only read or edit must not create an empty store.</param>
    /// <param name="ct">Cancels the call.</param>
    public static async Task<LocalStore> OpenAsync(string folder, bool create, CancellationToken ct)
    {
        if (!create && !Directory.Exists(folder))
        {
            throw new CommandFailure(
                ExitCodes.NotFound,
                $"there is no data folder {folder}. Start `kinema serve` once to make it, or name another one with --data or {CommonOptions.DataVariable}.");
        }

        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<ICallbackComposer, NullCallbackComposer>()
            .Configure<StorageOptions>(o => (o.Path, o.Postgres) = (folder, FindPostgres(folder)))
            .AddKinemaStorage()
            .BuildServiceProvider();
        try
        {
            await services.GetRequiredService<IStore>().OpenAsync(StoreRole.Tool, ct);
            return new(services);
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>Finds an organisation by id, slug or name; without a name, the only one.</summary>
    public async Task<Organization> FindOrganizationAsync(string? named, CancellationToken ct)
    {
        var all = await Organizations.ListAsync(ct);
        if (named is null)
        {
            return all.Count switch
            {
                1 => all[0],
                0 => throw new CommandFailure(ExitCodes.NotFound, "there is no organisation yet; make one with `kinema orgs create NAME`."),
                _ => throw new CommandFailure(ExitCodes.Usage, $"there are {all.Count} organisations; name one with --org: {string.Join(", ", all.Select(o => o.Slug))}."),
            };
        }

        return all.FirstOrDefault(o => o.Id.ToString() == named || o.Slug == named)
            ?? all.FirstOrDefault(o => o.Name == named)
            ?? throw new CommandFailure(ExitCodes.NotFound, $"there is no organisation '{named}'; `kinema orgs list` shows those there are.");
    }

    /// <summary>Where the server of this folder has its records, by the sources that a command shares with it: the folder's settings and the environment.</summary>
    private static string? FindPostgres(string folder) => new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(Path.GetFullPath(folder), "appsettings.json"), optional: true, reloadOnChange: false)
        .AddEnvironmentVariables("Kinema__")
        .Build()["Data:Postgres"];

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
