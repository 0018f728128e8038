using System.Net;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Http;

public sealed class HostFilterMiddlewareTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("localhost:8080", true)]
    [InlineData("[::1]", true)]
    [InlineData("video.example.com", true)]
    [InlineData("evil.example.net", false)]
    [InlineData("localhost.evil.example", false)]
    public async Task On_a_loopback_address_only_loopback_names_and_the_public_host_are_served(string host, bool answered)
    {
        await using var server = await TestServer.StartAsync(["Server:PublicBaseUrl=https://video.example.com"]);
        await ExpectAsync(server, host, answered);
    }

    [Theory]
    [InlineData("a.example.com", true)]
    [InlineData("example.com", false)]
    [InlineData("localhost", false)]
    public async Task Configured_host_names_replace_the_defaults(string host, bool answered)
    {
        await using var server = await TestServer.StartAsync(["Server:AllowedHosts:0=*.example.com"]);
        await ExpectAsync(server, host, answered);
    }

    private static async Task ExpectAsync(TestServer server, string host, bool answered)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/health");
        request.Headers.Host = host;
        var response = await server.Client.SendAsync(request, Ct);
        if (answered)
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        else
            await response.ShouldBeErrorAsync(HttpStatusCode.MisdirectedRequest, "HOST_NOT_ALLOWED");
    }
}
