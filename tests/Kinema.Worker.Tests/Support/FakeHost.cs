using Kinema.Core.Storage;
using Microsoft.Extensions.Hosting;

namespace Kinema.Worker.Tests.Support;

internal sealed class FakeStore : IStore
{
    public Guid InstanceId { get; } = Guid.Parse("019d6a63-8400-7c27-9a1e-000000000001");

    public Task OpenAsync(StoreRole role, CancellationToken ct) => Task.CompletedTask;

    public Task<string?> CheckAsync(CancellationToken ct) => Task.FromResult<string?>(null);
}

/// <summary>A host that a test tells to stop.</summary>
internal sealed class FakeLifetime : IHostApplicationLifetime, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public CancellationToken ApplicationStarted => CancellationToken.None;

    public CancellationToken ApplicationStopping => _stopping.Token;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public void StopApplication() => _stopping.Cancel();

    public void Dispose() => _stopping.Dispose();
}
