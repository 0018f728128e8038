using Kinema.Core.Keys;
using Kinema.Media;
using Kinema.Server;
using Kinema.Server.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinema.Cli.Local;

/// <summary>A server inside this process, on a free port of 127.0.0.1, for the duration of a command.</summary>
internal sealed class EmbeddedServer : IAsyncDisposable
{
    /// <summary>Allows large local files: the largest input video of any model. A setting on the command line overrides it.</summary>
    private const string LargeUploads = "Server:MaxUploadBytes=100000000";

    private readonly WebApplication _app;
    private readonly string _firstKeyFile;
    private readonly List<(Guid OrgId, Guid KeyId)> _temporaryKeys = [];

    private EmbeddedServer(WebApplication app, string dataFolder)
    {
        _app = app;
        _firstKeyFile = Path.Combine(dataFolder, "first-key");
    }

    public Uri Address => new(_app.Urls.First());

    public static async Task<EmbeddedServer> StartAsync(string dataFolder, IReadOnlyList<string> settings, CancellationToken ct)
    {
        var start = new KinemaServerOptions { Urls = ["http://127.0.0.1:0"], DataFolder = dataFolder, Settings = [LargeUploads, .. settings] };

        // The run record has all failures; the log of the embedded server would hide the output of the command.
        var app = KinemaServer.Build(start, builder => builder.Logging.ClearProviders());
        try
        {
            // A server would keep the run queued until ffmpeg works; a command must not wait for that.
            if ((await app.Services.GetRequiredService<IFfmpegProbe>().CheckAsync(ct)).Problem is { } problem)
                throw new CommandFailure(ExitCodes.Failed, problem);

            await app.StartAsync(ct);
            return new(app, dataFolder);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Returns the data folder's first key while it is valid, else a temporary key that is revoked when this server stops (and expires within a day).
    /// </summary>
    public async Task<string> GetKeyAsync(CancellationToken ct)
    {
        var keys = _app.Services.GetRequiredService<IApiKeys>();
        if (File.Exists(_firstKeyFile))
        {
            var first = (await File.ReadAllTextAsync(_firstKeyFile, ct)).Trim();
            if (await keys.AuthenticateAsync(first, ct) is not null)
                return first;
        }

        var organizations = await _app.Services.GetRequiredService<IOrganizations>().ListAsync(ct);
        var owner = organizations.MinBy(o => o.CreatedAt) ?? throw new InvalidOperationException("A started server has an organisation.");
        var expires = _app.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(1);
        var (key, token) = await keys.CreateAsync(new(owner.Id, "one command", Scopes.All, false, expires), ct);
        _temporaryKeys.Add((owner.Id, key.Id));
        return token;
    }

    /// <summary>A link that signs a browser in with a key, once.</summary>
    public Uri? CreateSignInLink(string token) => _app.Services.GetRequiredService<SignInLinks>().Create(token);

    public Task WaitForEndAsync(CancellationToken ct) => _app.WaitForShutdownAsync(ct);

    public async ValueTask DisposeAsync()
    {
        foreach (var (orgId, keyId) in _temporaryKeys)
            await _app.Services.GetRequiredService<IApiKeys>().RevokeAsync(orgId, keyId, CancellationToken.None);
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
