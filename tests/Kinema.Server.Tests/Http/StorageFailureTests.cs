using System.Net;
using Kinema.Core.Admission;
using Kinema.Core.Storage;
using Kinema.Engines;
using Kinema.Server.Errors;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Http;

public sealed class StorageFailureTests
{
    public static TheoryData<Exception> Full { get; } =
    [
        new StorageFullException("full"),
        new IOException("No space left on device", 28),
        new IOException("Read-only file system", 30),
        new IOException("Disk quota exceeded", 122),
        new InvalidOperationException("outer", new AggregateException(new IOException("inner", 28))),
    ];

    [Theory]
    [MemberData(nameof(Full))]
    public async Task A_write_without_space_is_503_on_any_route(Exception failure)
    {
        await using var server = await TestServer.StartAsync(configure: b => b.Services.AddSingleton<IWorkerDirectory>(new Broken(failure)));
        var response = await server.Client.GetAsync("/v1/models", Ct);
        await response.ShouldBeErrorAsync(HttpStatusCode.ServiceUnavailable, "STORAGE_FULL");
        response.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public void The_system_s_own_error_is_recognized()
    {
        // A device that is always full.
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        StorageFailure.IsFull(Should.Throw<IOException>(() => full.Write("x"u8))).ShouldBeTrue();
    }

    [Fact]
    public void Another_failure_is_none() => StorageFailure.IsFull(new IOException("Input/output error", 5)).ShouldBeFalse();

    private sealed class Broken(Exception failure) : IWorkerDirectory
    {
        public Task<IReadOnlyDictionary<string, EngineDescriptor>> ReadEnginesAsync(CancellationToken ct) =>
            Task.FromException<IReadOnlyDictionary<string, EngineDescriptor>>(failure);
    }
}
