using System.Collections.Concurrent;
using System.Security.Cryptography;
using Kinema.Core.Artifacts;
using Kinema.Core.Assets;
using Kinema.Core.Lists;
using Kinema.Outbound;

namespace Kinema.Worker.Tests.Support;

/// <summary>Artifacts and contents in a temporary folder.</summary>
internal sealed class FakeArtifacts(string root) : IArtifactStore
{
    public ConcurrentDictionary<string, string> Files { get; } = new();

    /// <summary>Thrown by <see cref="PutAsync"/> when set.</summary>
    public Exception? Problem { get; set; }

    public string ScratchOf(Guid runId, long fence) => Path.Combine(root, "scratch", $"{runId}-{fence}");

    public string CreateScratch(Guid runId, long fence) => Directory.CreateDirectory(ScratchOf(runId, fence)).FullName;

    public void DeleteScratch(Guid runId, long fence)
    {
        if (Directory.Exists(ScratchOf(runId, fence)))
            Directory.Delete(ScratchOf(runId, fence), recursive: true);
    }

    public Task<StoredFile> PutAsync(string key, string localPath, CancellationToken ct)
    {
        if (Problem is not null)
            throw Problem;

        var path = Path.Combine(root, "artifacts", key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(localPath, path);
        Files[key] = path;
        return Task.FromResult(new StoredFile(key, new FileInfo(path).Length, "digest"));
    }

    public string? Find(string key) => Files.GetValueOrDefault(key);

    /// <summary>Rules of the last sweep.</summary>
    public SweepRules<string>? Rules { get; private set; }

    public Task<SweepReport> SweepAsync(SweepRules<string> rules, IReadOnlySet<(Guid RunId, long Fence)> activeAttempts, CancellationToken ct)
    {
        Rules = rules;
        return Task.FromResult(new SweepReport(0, 0, 0));
    }
}

internal sealed class FakeContents(string root) : IContentStore
{
    private readonly Lock _gate = new();

    public Task<StoredContent?> PutForRunAsync(Guid orgId, Stream content, long maxBytes, CancellationToken ct) => PutAsync(orgId, content, maxBytes, ct);

    public async Task<StoredContent?> PutAsync(Guid orgId, Stream content, long maxBytes, CancellationToken ct)
    {
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, ct);
        if (copy.Length > maxBytes)
            return null;

        var digest = Convert.ToHexStringLower(SHA256.HashData(copy.ToArray()));
        var path = PathOf(orgId, digest);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        lock (_gate)
        {
            if (!File.Exists(path))
                File.WriteAllBytes(path, copy.ToArray());
        }

        return new(digest, copy.Length, path);
    }

    public string? Find(Guid orgId, string digest) => File.Exists(PathOf(orgId, digest)) ? PathOf(orgId, digest) : null;

    public Task<SweepReport> SweepAsync(SweepRules<(Guid OrgId, string Digest)> rules, CancellationToken ct) => Task.FromResult(new SweepReport(0, 0, 0));

    private string PathOf(Guid orgId, string digest) => Path.Combine(root, "contents", orgId.ToString(), digest);
}

internal sealed class FakeAssets : IAssets
{
    public List<Asset> Known { get; } = [];

    public Task<Asset?> FindAsync(Guid orgId, Guid id, CancellationToken ct) => Task.FromResult(Known.Find(a => a.OrgId == orgId && a.Id == id));

    public Task CreateAsync(Asset asset, CancellationToken ct) => throw new NotSupportedException();

    public Task<bool> SetContentAsync(Guid orgId, Guid id, AssetContent content, CancellationToken ct) => throw new NotSupportedException();

    public Task<Asset?> ConfirmAsync(Guid orgId, Guid id, Guid? folderId, CancellationToken ct) => throw new NotSupportedException();

    public Task<AssetPage> ListAsync(Guid orgId, ListQuery query, CancellationToken ct) => throw new NotSupportedException();

    public Task<AssetDeletion> DeleteAsync(Guid orgId, Guid id, CancellationToken ct) => throw new NotSupportedException();
}

/// <summary>Knows the links a test gave it; every other URL is somebody else's.</summary>
internal sealed class FakeLinks : ISignedUrls
{
    public Dictionary<string, SignedTarget> Targets { get; } = [];

    public SignedTarget Resolve(Uri url) => Targets.GetValueOrDefault(url.AbsoluteUri) ?? new SignedTarget.None();

    public Uri ForArtifact(Guid orgId, string key) => throw new NotSupportedException();

    public Uri ForAsset(Guid orgId, Guid assetId) => throw new NotSupportedException();

    public Uri ForUpload(Guid orgId, Guid assetId) => throw new NotSupportedException();
}

/// <summary>Gives files by URL; a URL it does not know is unreachable.</summary>
internal sealed class FakeFetcher : IMediaFetcher
{
    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>What the host answers for a URL without a file.</summary>
    public string? Answer { get; set; }

    public int Fetches { get; private set; }

    public MediaRequest? Asked { get; private set; }

    /// <summary>Never answers.</summary>
    public bool Hangs { get; set; }

    public async Task<FetchResult> FetchAsync(MediaRequest request, Stream destination, CancellationToken ct)
    {
        Fetches++;
        Asked = request;
        if (Hangs)
            await Task.Delay(Timeout.Infinite, ct);
        if (!Files.TryGetValue(request.Url, out var bytes))
            return new FetchResult(FetchOutcome.Unreachable, Answer);
        if (bytes.Length > request.MaxBytes)
            return new FetchResult(FetchOutcome.TooLarge, Answer);

        await destination.WriteAsync(bytes, ct);
        return FetchResult.Fetched;
    }
}
