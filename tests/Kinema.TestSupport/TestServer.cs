using System.Net.Http.Headers;
using Kinema.Core.Keys;
using Kinema.Core.Runs;
using Kinema.Core.Storage;
using Kinema.Server;
using Kinema.Server.Lifecycle;
using Kinema.TestSupport.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kinema.TestSupport;

/// <summary>A complete server on a free loopback port, with its own data folder and first key.</summary>
public sealed class TestServer : IAsyncDisposable
{
    private readonly TemporaryFolder? _ownFolder;
    private readonly List<HttpClient> _clients = [];

    private readonly ApiContract _contract;

    private TestServer(WebApplication app, ApiContract contract, TemporaryFolder? ownFolder, string dataFolder)
    {
        App = app;
        _contract = contract;
        _ownFolder = ownFolder;
        DataFolder = dataFolder;
    }

    public WebApplication App { get; }

    public string DataFolder { get; }

    public IServiceProvider Services => App.Services;

    public Uri Url => new(App.Urls.First());

    /// <summary>The organisation made at the first start.</summary>
    public required TestCaller Caller { get; init; }

    /// <summary>The first caller's client.</summary>
    public HttpClient Client => Caller.Client;

    /// <param name="settings">Each <c>Section:Key=Value</c>; loopback is opened for media and callbacks anyway.</param>
    /// <param name="configure">Replaces services, an engine for example.</param>
    /// <param name="url">The address to bind.</param>
    /// <param name="dataFolder">To start again on what an earlier server left; null for a fresh one.</param>
    /// <param name="map">Adds routes of the test's own.</param>
    public static async Task<TestServer> StartAsync(
        IReadOnlyList<string>? settings = null,
        Action<WebApplicationBuilder>? configure = null,
        string? dataFolder = null,
        string url = "http://127.0.0.1:0",
        Action<WebApplication>? map = null)
    {
        var ownFolder = dataFolder is null ? new TemporaryFolder() : null;
        var folder = dataFolder ?? ownFolder!.FullPath;
        var app = KinemaServer.Build(
            new KinemaServerOptions { Urls = [url], DataFolder = folder, Settings = [.. TestSettings.OpenLoopback, .. settings ?? []] },
            builder =>
            {
                builder.Logging.ClearProviders();
                configure?.Invoke(builder);
            });
        map?.Invoke(app);
        await app.StartAsync();
        var token = app.Services.GetRequiredService<FirstKey>().Token ?? (await File.ReadAllTextAsync(Path.Combine(folder, "first-key"))).Trim();
        var key = await app.Services.GetRequiredService<IApiKeys>().AuthenticateAsync(token, CancellationToken.None);
        var contract = await ApiContract.OfAsync(app.Services);
        return new TestServer(app, contract, ownFolder, folder) { Caller = new TestCaller(key!.OrgId, token, CreateClient(app, contract, new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }, token)) };
    }

    /// <summary>A server that knows the engine but claims no runs, so that a created one stays queued.</summary>
    public static async Task<TestServer> StartIdleAsync(
        IReadOnlyList<string>? settings = null, Action<WebApplicationBuilder>? configure = null, string? dataFolder = null)
    {
        var server = await StartAsync(["Worker:Enabled=false", .. settings ?? []], configure, dataFolder);
        await server.RegisterEngineAsync();
        return server;
    }

    /// <summary>A client that presents this key, or none.</summary>
    public HttpClient CreateClient(string? token = null) => CreateClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }, token);

    /// <summary>A client with connections of the test's own making.</summary>
    public HttpClient CreateClient(SocketsHttpHandler connections, string? token = null)
    {
        var client = CreateClient(App, _contract, connections, token);
        _clients.Add(client);
        return client;
    }

    /// <summary>Another organisation with a key of its own.</summary>
    public async Task<TestCaller> AddCallerAsync(string name = "other", IReadOnlyList<string>? scopes = null, bool isPlatformAdmin = false)
    {
        var organization = await Services.GetRequiredService<IOrganizations>().CreateAsync(name, CancellationToken.None);
        return await AddKeyAsync(organization.Id, scopes, isPlatformAdmin);
    }

    /// <summary>Another key of an organisation.</summary>
    public async Task<TestCaller> AddKeyAsync(Guid orgId, IReadOnlyList<string>? scopes = null, bool isPlatformAdmin = false)
    {
        var key = new NewApiKey(orgId, "test", scopes ?? Scopes.All, isPlatformAdmin, ExpiresAt: null);
        var (_, token) = await Services.GetRequiredService<IApiKeys>().CreateAsync(key, CancellationToken.None);
        return new TestCaller(orgId, token, CreateClient(token));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _clients.ForEach(client => client.Dispose());
        await App.StopAsync();
        await App.DisposeAsync();
        _ownFolder?.Dispose();
    }

    /// <summary>Registers the engine without a worker.</summary>
    private Task<bool> RegisterEngineAsync() => Services.GetRequiredService<IWorkerLedger>().RegisterAsync(
        new WorkerRegistration(Guid.CreateVersion7(), Services.GetRequiredService<IStore>().InstanceId, "test", 1, [new TestEngine(TimeSpan.Zero, TimeProvider.System).Descriptor]),
        CancellationToken.None);

    private static HttpClient CreateClient(WebApplication app, ApiContract contract, SocketsHttpHandler connections, string? token)
    {
        var client = new HttpClient(new ContractHandler(contract, connections)) { BaseAddress = new Uri(app.Urls.First()) };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}

public sealed record TestCaller(Guid OrgId, string Token, HttpClient Client);
