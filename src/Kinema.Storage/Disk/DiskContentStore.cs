using System.Buffers;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Kinema.Core.Artifacts;

namespace Kinema.Storage.Disk;

/// <summary>Stores inputs as files under <c>content/{org}/{first two of the digest}/{digest}</c>.</summary>
internal sealed partial class DiskContentStore(DataFolder folder, DiskSpace space, Trash trash, TimeProvider timeProvider) : IContentStore
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Prevents the sweeper from deleting a file that a put has renewed after the age check.</summary>
    private readonly Lock _naming = new();

    public Task<StoredContent?> PutAsync(Guid orgId, Stream content, long maxBytes, CancellationToken ct) =>
        PutAsync(orgId, content, maxBytes, DiskUse.NewWork, ct);

    public Task<StoredContent?> PutForRunAsync(Guid orgId, Stream content, long maxBytes, CancellationToken ct) =>
        PutAsync(orgId, content, maxBytes, DiskUse.RunUnderWay, ct);

    public string? Find(Guid orgId, string digest) =>
        DigestForm.IsMatch(digest) && File.Exists(PathOf(orgId, digest)) ? PathOf(orgId, digest) : null;

    /// <summary>Removes the content unless it was stored again since.</summary>
    public bool RemoveIfUnchanged(Guid orgId, string digest, DateTime storedAt)
    {
        lock (_naming)
        {
            if (Find(orgId, digest) is not { } path || File.GetLastWriteTimeUtc(path) != storedAt)
                return false;

            File.Delete(path);
            return true;
        }
    }

    public Task<SweepReport> SweepAsync(SweepRules<(Guid OrgId, string Digest)> rules, CancellationToken ct) => Task.Run(
        async () =>
        {
            SweepIncoming(new(timeProvider, rules.MinimumAge));
            return await new FileSweep<(Guid, string)>(rules, trash, _naming, timeProvider).RunAsync(Files(), _ => { }, ct);
        },
        ct);

    private async Task<StoredContent?> PutAsync(Guid orgId, Stream content, long maxBytes, DiskUse use, CancellationToken ct)
    {
        using var reserved = space.Reserve(content.CanSeek ? Math.Min(content.Length - content.Position, maxBytes) : maxBytes, use);
        var incoming = Path.Combine(folder.Incoming, Guid.CreateVersion7(timeProvider.GetUtcNow()).ToString("N"));
        try
        {
            DataFolder.CreatePrivate(folder.Content);
            DataFolder.CreatePrivate(folder.Incoming);
            if (await ReceiveAsync(content, incoming, maxBytes, reserved, ct) is not { } received)
                return null;

            var target = PathOf(orgId, received.Digest);
            lock (_naming)
            {
                File.SetLastWriteTimeUtc(incoming, timeProvider.GetUtcNow().UtcDateTime);
                DurableFileSystem.CreateFolder(folder.Content, Path.GetDirectoryName(target)!);
                var isNew = !File.Exists(target);
                DurableFileSystem.Rename(incoming, target);
                return new(received.Digest, received.SizeBytes, target) { IsNew = isNew, StoredAt = File.GetLastWriteTimeUtc(target) };
            }
        }
        catch (IOException e) when (FullDisk.IsCauseOf(e))
        {
            throw FullDisk.Explain(e);
        }
        finally
        {
            if (File.Exists(incoming))
                File.Delete(incoming);
        }
    }

    private IEnumerable<((Guid OrgId, string Digest) Name, string Path)> Files() => Directory.Exists(folder.Content)
        ? Directory.EnumerateFiles(folder.Content, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetDirectoryName(path) != folder.Incoming)
            .Select(path => (NameOf(path), path))
        : [];

    /// <summary>A file of another form has a name that no record can have.</summary>
    private (Guid OrgId, string Digest) NameOf(string path) =>
        Path.GetRelativePath(folder.Content, path).Split(Path.DirectorySeparatorChar) is [var org, _, var digest]
        && Guid.TryParseExact(org, "D", out var id) && DigestForm.IsMatch(digest) && PathOf(id, digest) == path
            ? (id, digest)
            : (Guid.Empty, path);

    /// <summary>What did not arrive whole belongs to nobody and is deleted.</summary>
    private void SweepIncoming(MinimumFileAge age)
    {
        if (!Directory.Exists(folder.Incoming))
            return;

        foreach (var file in Directory.EnumerateFiles(folder.Incoming))
        {
            if (age.IsReached(File.GetLastWriteTimeUtc(file)))
                File.Delete(file);
        }
    }

    /// <summary>Writes and hashes the content; durable under its temporary name when this returns. Returns null above the limit.</summary>
    private static async Task<(string Digest, long SizeBytes)?> ReceiveAsync(
        Stream content, string path, long maxBytes, DiskReservation reserved, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            await using var file = PrivateFile.Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, useAsync: true);
            var size = 0L;
            int read;
            while ((read = await content.ReadAsync(buffer, ct)) > 0)
            {
                size += read;
                if (size > maxBytes)
                    return null;

                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), ct);
                reserved.Written(read);
            }

            file.Flush(flushToDisk: true);
            return (Convert.ToHexStringLower(hash.GetHashAndReset()), size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private string PathOf(Guid orgId, string digest) => Path.Combine(folder.Content, orgId.ToString(), digest[..2], digest);

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex DigestForm { get; }
}
