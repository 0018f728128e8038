using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Kinema.Core.Admission;
using Kinema.Core.Artifacts;
using Kinema.Core.Catalog;

namespace Kinema.Server.Admission;

/// <summary>Counts the creates that use a content, so that a refused one removes only what no other needs.</summary>
internal sealed class InlineContents(IContentStore contents, IUnnamedContents unnamed) : IInlineContents, IDisposable
{
    /// <summary>Held while a content is looked up or removed, never while one is written.</summary>
    private readonly SemaphoreSlim _lock = new(1);
    private readonly Dictionary<(Guid OrgId, string Digest), Use> _uses = [];

    public async Task<StoredContent> PutAsync(Guid orgId, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        // The use must be counted before the file is there, or the end of another create could remove it in between.
        var digest = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        var use = await BeginAsync(orgId, digest, ct);
        try
        {
            using var stream = ToStream(content);
            var stored = await contents.PutAsync(orgId, stream, DataUri.MaxBytes, ct) ?? throw new InvalidOperationException("Inline data are shorter than their limit.");
            use.StoredAt = stored.StoredAt;
            if (!stored.IsNew && !use.HasStored)
                use.MayBeRemoved = false;
            use.HasStored = true;
            return stored;
        }
        catch
        {
            await ReleaseAsync(orgId, digest, isRefused: true);
            throw;
        }
    }

    public async Task ReleaseAsync(Guid orgId, string digest, bool isRefused)
    {
        await _lock.WaitAsync(CancellationToken.None);
        try
        {
            var use = _uses[(orgId, digest)];
            use.MayBeRemoved &= isRefused;
            if (--use.Creates > 0)
                return;

            _uses.Remove((orgId, digest));
            if (use.MayBeRemoved)
                await unnamed.RemoveAsync(orgId, digest, use.StoredAt, CancellationToken.None);
        }
        finally
        {
            _lock.Release();
        }
    }

    public void Dispose() => _lock.Dispose();

    private async Task<Use> BeginAsync(Guid orgId, string digest, CancellationToken ct)
    {
        await _lock.WaitAsync(ct);
        try
        {
            // A file that was there before may belong to an upload or a worker that has not named it yet.
            if (!_uses.TryGetValue((orgId, digest), out var use))
                _uses.Add((orgId, digest), use = new Use { MayBeRemoved = contents.Find(orgId, digest) is null });
            use.Creates++;
            return use;
        }
        finally
        {
            _lock.Release();
        }
    }

    internal static MemoryStream ToStream(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out var part) ? new(part.Array!, part.Offset, part.Count, writable: false) : new(content.ToArray(), writable: false);

    private sealed class Use
    {
        public int Creates { get; set; }
        public bool MayBeRemoved { get; set; }
        public DateTime StoredAt { get; set; }

        /// <summary>Whether one of these creates has stored it; the others then find it there.</summary>
        public bool HasStored { get; set; }
    }
}
