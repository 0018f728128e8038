using System.Net;
using Kinema.Core.Admission;
using Kinema.Engines;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Http;

public sealed class UnexpectedFailureTests
{
    [Fact]
    public async Task An_unexpected_exception_is_500_without_details()
    {
        await using var server = await TestServer.StartAsync(configure: b => b.Services.AddSingleton<IWorkerDirectory, Broken>());
        var body = await (await server.Client.GetAsync("/v1/models", Ct)).ShouldBeErrorAsync(HttpStatusCode.InternalServerError, "INTERNAL");
        body.ToJsonString().ShouldNotContain("the database is on fire");
    }

    private sealed class Broken : IWorkerDirectory
    {
        public Task<IReadOnlyDictionary<string, EngineDescriptor>> ReadEnginesAsync(CancellationToken ct) =>
            throw new InvalidOperationException("the database is on fire");
    }
}
