using Kinema.Core.Storage;
using Microsoft.Extensions.Hosting;

namespace Kinema.Server.Lifecycle;

/// <summary>Opens the store and creates the first key before services start and before the first request.</summary>
internal sealed class StoreInitializer(IStore store, FirstStart firstStart) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await store.OpenAsync(StoreRole.Server, cancellationToken);
        await firstStart.RunAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
