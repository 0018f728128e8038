using System.Net;
using System.Net.Sockets;
using Kinema.Server.Connections;
using Kinema.TestSupport;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Connections;

public sealed class OpenConnectionsTests
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task A_burst_of_idle_connections_ends_at_the_maximum_and_makes_room_for_callers()
    {
        await using var server = await StartAsync("Server:MaxConnections=20", "Server:BusyConnections=15");
        var idle = await ConnectAsync(server, 60);
        try
        {
            await UntilAsync(() => idle.Count(IsClosed) >= 40);
            await UntilAsync(() => server.Services.GetRequiredService<OpenConnections>().AreTooMany);

            _clock.Advance(TimeSpan.FromSeconds(1));

            await ShouldAnswerAsync(server, "/v1/health", HttpStatusCode.OK);
            await ShouldAnswerAsync(server, "/v1/readiness", HttpStatusCode.OK);
            await ShouldAnswerAsync(server, "/v1/runs", HttpStatusCode.OK);
            idle.Count(IsClosed).ShouldBeLessThan(60);
        }
        finally
        {
            idle.ForEach(client => client.Dispose());
        }

        await ShouldAnswerAsync(server, "/v1/runs", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Above_the_busy_bound_a_request_is_503_and_its_connection_closed_but_probes_are_answered()
    {
        await using var server = await StartAsync("Server:MaxConnections=8", "Server:BusyConnections=2");
        var id = (await (await server.Client.PostAsync(SharedServer.RunsPath, Json(SharedServer.RunBody()), Ct)).ReadJsonAsync())["id"].Text();
        using (await OpenStreamAsync(server, id))
        using (await OpenStreamAsync(server, id))
        {
            var refused = await server.Client.GetAsync("/v1/runs", Ct);
            await refused.ShouldBeErrorAsync(HttpStatusCode.ServiceUnavailable, "SERVER_BUSY");
            refused.Headers.ConnectionClose.ShouldBe(true);
            refused.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
            await ShouldAnswerAsync(server, "/v1/health", HttpStatusCode.OK);
            await ShouldAnswerAsync(server, "/v1/readiness", HttpStatusCode.OK);
        }

        await UntilAsync(async () => (await server.Client.GetAsync("/v1/runs", Ct)).StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_limits_of_connections_are_settings()
    {
        await using var server = await StartAsync("Server:HeaderTimeoutSeconds=7", "Server:KeepAliveTimeoutSeconds=8", "Server:MinBodyBytesPerSecond=9");
        var limits = server.Services.GetOptions<KestrelServerOptions>().Limits;
        limits.RequestHeadersTimeout.ShouldBe(TimeSpan.FromSeconds(7));
        limits.KeepAliveTimeout.ShouldBe(TimeSpan.FromSeconds(8));
        limits.MinRequestBodyDataRate!.BytesPerSecond.ShouldBe(9);
    }

    private Task<TestServer> StartAsync(params string[] settings) =>
        TestServer.StartIdleAsync(settings, builder => builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_clock)));

    private static async Task<List<TcpClient>> ConnectAsync(TestServer server, int count)
    {
        var clients = new List<TcpClient>();
        for (var i = 0; i < count; i++)
        {
            var client = new TcpClient();
            clients.Add(client);
            try
            {
                await client.ConnectAsync(server.Url.Host, server.Url.Port, Ct);
            }
            catch (SocketException)
            {
                // Closed by the server before this side saw it open.
                client.Close();
            }
        }

        return clients;
    }

    private static bool IsClosed(TcpClient client) => client.Client is null || client.Client.Poll(0, SelectMode.SelectRead);

    private static async Task<HttpResponseMessage> OpenStreamAsync(TestServer server, string id)
    {
        var response = await server.Client.GetAsync($"/v1/runs/{id}/events", HttpCompletionOption.ResponseHeadersRead, Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return response;
    }

    /// <summary>On a connection of its own.</summary>
    private static async Task ShouldAnswerAsync(TestServer server, string path, HttpStatusCode status)
    {
        using var client = server.CreateClient(server.Caller.Token);
        using var response = await client.GetAsync(path, Ct);
        response.StatusCode.ShouldBe(status, await response.Content.ReadAsStringAsync(Ct));
    }

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
            await Task.Delay(20, Ct);
    }
}
