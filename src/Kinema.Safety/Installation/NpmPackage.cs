using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Kinema.Safety.Installation;

/// <summary>A package of the npm registry in one version, known by the digest of its archive. npm fetches it; no script of it is run.</summary>
/// <param name="Name">Name.</param>
/// <param name="Version">Version.</param>
/// <param name="Sha512">SHA-512 of the archive in base64, as npm's lock files have it.</param>
internal sealed record NpmPackage(string Name, string Version, string Sha512)
{
    private const long MaxFileBytes = 256 << 20;

    private static readonly TimeSpan _timeout = TimeSpan.FromMinutes(15);

    /// <summary>Fetches the archive into a folder.</summary>
    /// <returns>Path of the archive.</returns>
    /// <exception cref="InstallationException">npm is missing or fails.</exception>
    public async Task<string> FetchAsync(string npm, string folder, CancellationToken ct)
    {
        var start = new ProcessStartInfo(npm, ["pack", $"{Name}@{Version}", "--ignore-scripts", "--silent", "--pack-destination", folder])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        using var late = new CancellationTokenSource(_timeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        using var process = Start(start);
        try
        {
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync(either.Token);
            var output = process.StandardOutput.ReadToEndAsync(either.Token);
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            await output.ConfigureAwait(false);
            if (process.ExitCode != 0)
                throw new InstallationException($"npm could not fetch {Name} {Version}: {Last(await errors.ConfigureAwait(false))}");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new InstallationException($"npm did not fetch {Name} {Version} within {_timeout.TotalMinutes:0} minutes");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }

        return Directory.EnumerateFiles(folder, $"{Name}-{Version}.tgz").FirstOrDefault() ?? throw new InstallationException($"npm fetched {Name} {Version} and left no archive");
    }

    /// <summary>Reads those files of the archive that are wanted, after comparing its digest.</summary>
    /// <exception cref="InstallationException">The archive is another one.</exception>
    public async Task<Dictionary<string, byte[]>> ReadAsync(string archive, Func<string, bool> isWanted, CancellationToken ct)
    {
        await using var file = File.OpenRead(archive);
        if (Convert.ToBase64String(await SHA512.HashDataAsync(file, ct).ConfigureAwait(false)) is var digest && digest != Sha512)
            throw new InstallationException($"'{archive}' is not {Name} {Version} as Kinema knows it: its SHA-512 is {digest} and not {Sha512}");

        file.Position = 0;
        var files = new Dictionary<string, byte[]>();
        await using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        await using var entries = new TarReader(unpacked);
        while (await entries.GetNextEntryAsync(copyData: false, ct).ConfigureAwait(false) is { } entry)
        {
            if (entry.DataStream is not { } data || !isWanted(entry.Name))
                continue;
            if (entry.Length > MaxFileBytes)
                throw new InstallationException($"{entry.Name} of {Name} is longer than {MaxFileBytes} bytes");
            var content = new byte[entry.Length];
            await data.ReadExactlyAsync(content, ct).ConfigureAwait(false);
            files[entry.Name] = content;
        }

        return files;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InstallationException($"'{start.FileName}' cannot be run: {e.Message}. Install Node.js with npm (on Debian: apt-get install -y npm), or name its npm with --npm", e);
        }
    }

    private static string Last(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "it gave no reason";
}
