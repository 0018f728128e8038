using Kinema.Core.Callbacks;
using Kinema.Core.Runs;
using Kinema.Core.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kinema.Storage.Tests.Conformance;

/// <summary>One open store with a clock in the test's hand; every provider's tests make their own kind.</summary>
public abstract class TestStore : IDisposable
{
    private ServiceProvider? _services;

    /// <summary>Whole microseconds, as stores keep them.</summary>
    public TestClock Clock { get; } = new(new DateTimeOffset(2026, 4, 8, 12, 0, 0, TimeSpan.Zero));

    public RunPolicy Policy { get; } = new();

    public RecordingComposer Composer { get; } = new();

    public T Get<T>()
        where T : notnull => (_services ?? throw new InvalidOperationException("Not open.")).GetRequiredService<T>();

    /// <summary>Opens the same data as a new process would.</summary>
    public async Task<TestStore> OpenAsync(StoreRole role = StoreRole.Server)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<ICallbackComposer>(Composer);
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(Policy));
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        Configure(services);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        await Get<IStore>().OpenAsync(role, TestContext.Current.CancellationToken);
        return this;
    }

    /// <summary>Closes the store as an orderly end of the process does; the data stay.</summary>
    public void Close()
    {
        _services?.Dispose();
        _services = null;
    }

    /// <summary>Every row of a query, columns joined with a bar: to look behind the seams.</summary>
    public abstract Task<IReadOnlyList<string>> QueryAsync(string sql);

    public void Dispose()
    {
        Close();
        Erase();
        GC.SuppressFinalize(this);
    }

    protected abstract void Configure(IServiceCollection services);

    protected abstract void Erase();
}
