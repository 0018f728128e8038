using System.Net;
using Kinema.Cli.Local;
using Kinema.Cli.Output;
using Kinema.Client;

namespace Kinema.Cli.Remote;

/// <summary>A client with its server: a running one, or one embedded for the duration of the command.</summary>
internal sealed class ServerConnection : IAsyncDisposable
{
    // A person watches and can interrupt: better slow than given up.
    private static readonly TimeSpan _timeout = TimeSpan.FromMinutes(10);

    private readonly HttpClient _http;
    private readonly EmbeddedServer? _embedded;

    private ServerConnection(Uri address, string key, EmbeddedServer? embedded)
    {
        Address = address;
        _embedded = embedded;
        _http = CreateHttp(address);
        Client = CreateClient(_http, key);
    }

    public KinemaClient Client { get; }

    public Uri Address { get; }

    /// <param name="server">Server URL from the command line; null for the environment variable, and without one an embedded server.</param>
    /// <param name="key">Key from the command line.</param>
    /// <param name="dataFolder">Data folder of the embedded server.</param>
    /// <param name="settings">Settings of the embedded server.</param>
    /// <param name="terminal">Terminal.</param>
    /// <param name="ct">Cancels the call.</param>
    public static async Task<ServerConnection> OpenAsync(
        string? server, string? key, string dataFolder, IReadOnlyList<string> settings, Terminal terminal, CancellationToken ct)
    {
        if ((server ?? terminal.Variable(CommonOptions.ServerVariable)) is { } named)
        {
            var token = key ?? terminal.Variable(CommonOptions.KeyVariable);
            return new(ReadAddress(named), ReadKey(token), null);
        }

        var embedded = await EmbeddedServer.StartAsync(dataFolder, settings, ct);
        try
        {
            return new(embedded.Address, await embedded.GetKeyAsync(ct), embedded);
        }
        catch
        {
            await embedded.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_embedded is not null)
            await _embedded.DisposeAsync();
    }

    /// <summary>Creates the HTTP client for a server that the user named; the outbound guard does not apply.</summary>
    public static HttpClient CreateHttp(Uri address)
    {
        var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10), AutomaticDecompression = DecompressionMethods.All, UseProxy = !address.IsLoopback };
        return new(handler, disposeHandler: true) { BaseAddress = address };
    }

    public static KinemaClient CreateClient(HttpClient http, string key, TimeProvider? timeProvider = null) =>
        new(http, new() { ApiKey = key, Source = "cli", Timeout = _timeout }, timeProvider);

    private static Uri ReadAddress(string text) =>
        Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new CommandFailure(ExitCodes.Usage, $"--server must be an http or https URL such as http://127.0.0.1:8080; got '{text}'.");

    private static string ReadKey(string? token) => token switch
    {
        null => throw new CommandFailure(ExitCodes.Usage, $"a server needs a key: give it with --key or {CommonOptions.KeyVariable} (make one with `kinema keys create`)."),
        _ when token.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.')) =>
            throw new CommandFailure(ExitCodes.Usage, "the key has characters that no key has; was it copied whole and without quotes?"),
        _ => token,
    };
}
