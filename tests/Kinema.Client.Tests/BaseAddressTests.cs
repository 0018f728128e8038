using Kinema.TestSupport;

namespace Kinema.Client.Tests;

public sealed class BaseAddressTests
{
    private const string Id = "019ed0c2-7d1a-7c31-9a40-3a5d1c2b4e6f";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "/v1/runs/")]
    [InlineData("v1", "/v1/runs/")]
    [InlineData("v1/", "/v1/runs/")]
    [InlineData("kinema", "/kinema/v1/runs/")]
    [InlineData("kinema/", "/kinema/v1/runs/")]
    [InlineData("kinema/v1//", "/kinema/v1/runs/")]
    public async Task An_address_may_have_a_path_and_the_version(string path, string route)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.On("GET " + route + Id, 200, $$"""{"id":"{{Id}}","status_code":"running"}""");
        using var http = new HttpClient(new SocketsHttpHandler());
        using var other = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(server.Url, path) };

        await new KinemaClient(http, new() { BaseAddress = new Uri(server.Url, path) }).GetRunAsync(Guid.Parse(Id), Ct);
        await new KinemaClient(other, new()).GetRunAsync(Guid.Parse(Id), Ct);

        server.Seen.Select(seen => seen.Path).ShouldBe([route + Id, route + Id]);
    }

    [Theory]
    [InlineData("ftp://a/", "absolute http or https URL such as http://127.0.0.1:8080; got 'ftp://a/'")]
    [InlineData("v1", "absolute http or https URL")]
    [InlineData("http://key@a/", "no user name and password; give the key as ApiKey")]
    [InlineData("http://a/?key=x", "no query")]
    [InlineData("http://a/#x", "no fragment")]
    public void An_address_that_cannot_work_is_refused(string address, string why)
    {
        using var http = new HttpClient(new SocketsHttpHandler());

        Should.Throw<ArgumentException>(() => new KinemaClient(http, new() { BaseAddress = new Uri(address, UriKind.RelativeOrAbsolute) }))
            .Message.ShouldContain(why);
    }

    [Fact]
    public void A_missing_address_is_named()
    {
        using var http = new HttpClient(new SocketsHttpHandler());

        Should.Throw<ArgumentException>(() => new KinemaClient(http, new())).Message.ShouldContain("BaseAddress must be set");
    }

    [Fact]
    public void Other_options_name_what_they_allow()
    {
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri("http://a/") };

        Should.Throw<ArgumentException>(() => new KinemaClient(http, new() { ApiKey = "kn live" })).Message.ShouldContain("ApiKey must be visible ASCII");
        Should.Throw<ArgumentException>(() => new KinemaClient(http, new() { ApiKey = "kn live" })).Message.ShouldNotContain("kn live");
        Should.Throw<ArgumentException>(() => new KinemaClient(http, new() { Timeout = TimeSpan.Zero })).Message.ShouldContain("Timeout must be above zero");
        Should.Throw<ArgumentException>(() => new KinemaClient(http, new() { MaxRetries = 11 })).Message.ShouldContain("MaxRetries must be 0 to 10; got 11");
        Should.Throw<ArgumentException>(() => new KinemaClient(http, new() { Source = "" })).Message.ShouldContain("Source must be");
    }
}
