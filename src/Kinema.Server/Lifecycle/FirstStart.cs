using System.Text;
using Kinema.Core.Keys;
using Kinema.Storage.Disk;

namespace Kinema.Server.Lifecycle;

/// <summary>
/// Creates an organisation and one key with all scopes if there is none, and stores the key in <c>first-key</c>: the only place on the
/// server where a key is not hashed.
/// </summary>
internal sealed class FirstStart(KinemaServerOptions options, IOrganizations organizations, IApiKeys keys, FirstKey result)
{
    public const string FileName = "first-key";

    public async Task RunAsync(CancellationToken ct)
    {
        var final = Path.Combine(Path.GetFullPath(options.DataFolder), FileName);

        // The unfinished file exists before the organisation does, so that an interrupted first start is repeated.
        var unfinished = final + ".unfinished";
        var existing = await organizations.ListAsync(ct);
        if (existing.Count > 0 && !File.Exists(unfinished))
            return;

        await WriteAsync(unfinished, "", ct);
        var organization = existing.Count > 0 ? existing[0] : await organizations.CreateAsync("default", ct);
        var (_, token) = await keys.CreateAsync(new NewApiKey(organization.Id, "first key", Scopes.All, IsPlatformAdmin: false, ExpiresAt: null), ct);
        await WriteAsync(unfinished, token + "\n", ct);
        File.Move(unfinished, final, overwrite: true);
        result.Token = token;
        result.Path = final;
    }

    private static async Task WriteAsync(string path, string text, CancellationToken ct)
    {
        await using var file = PrivateFile.Open(path, FileMode.Create, FileAccess.Write, FileShare.None);
        await file.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        file.Flush(flushToDisk: true);
    }
}
