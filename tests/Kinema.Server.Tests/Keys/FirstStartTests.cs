using System.Net;
using Kinema.Core.Keys;
using Kinema.Server.Lifecycle;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Keys;

public sealed class FirstStartTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task The_first_start_makes_one_key_that_only_its_owner_can_read()
    {
        await using var server = await TestServer.StartAsync(dataFolder: _data.FullPath);
        var first = server.Services.GetRequiredService<FirstKey>();
        first.Path.ShouldBe(_data.File("first-key"));
        (await File.ReadAllTextAsync(_data.File("first-key"), Ct)).ShouldBe(first.Token + "\n");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(_data.File("first-key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        first.Token!.ShouldMatch("^[A-Za-z0-9_]+$");

        var organizations = await server.Services.GetRequiredService<IOrganizations>().ListAsync(Ct);
        organizations.Single().Name.ShouldBe("default");
        var me = await (await server.Client.GetAsync("/v1/auth/me", Ct)).ReadJsonAsync();
        me["memberships"]![0]!["scopes"]!.AsArray().Select(s => s.Text()).ShouldBe(Scopes.All, ignoreOrder: true);
    }

    [Fact]
    public async Task A_later_start_makes_none()
    {
        await (await TestServer.StartAsync(dataFolder: _data.FullPath)).DisposeAsync();
        var kept = await File.ReadAllTextAsync(_data.File("first-key"), Ct);
        await using var server = await TestServer.StartAsync(dataFolder: _data.FullPath);
        server.Services.GetRequiredService<FirstKey>().Token.ShouldBeNull();
        (await File.ReadAllTextAsync(_data.File("first-key"), Ct)).ShouldBe(kept);
        (await server.Services.GetRequiredService<IOrganizations>().ListAsync(Ct)).Count.ShouldBe(1);
        (await server.Client.GetAsync("/v1/runs", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_interrupted_first_start_is_repeated()
    {
        await (await TestServer.StartAsync(dataFolder: _data.FullPath)).DisposeAsync();
        File.Move(_data.File("first-key"), _data.File("first-key.unfinished"));
        await File.WriteAllTextAsync(_data.File("first-key.unfinished"), "", Ct);
        await using var server = await TestServer.StartAsync(dataFolder: _data.FullPath);
        server.Services.GetRequiredService<FirstKey>().Token.ShouldNotBeNull();
        File.Exists(_data.File("first-key.unfinished")).ShouldBeFalse();
        (await server.Services.GetRequiredService<IOrganizations>().ListAsync(Ct)).Count.ShouldBe(1);
        (await server.Client.GetAsync("/v1/runs", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
