using TorchSharp;

namespace Kinema.Wan.Vae;

/// <summary>Sees the output of a named stage while it is computed. The tensor is valid during the call only and must not be written.</summary>
internal delegate void StageObserver(string stage, torch.Tensor output);

/// <summary>
/// One video on its way through the encoder or the decoder, chunk after chunk: what each causal convolution remembers of the frames before.
/// </summary>
/// <remarks>The memory is that of two frames per convolution, whatever the length of the video.</remarks>
internal sealed class VaePass(StageObserver? observer, CancellationToken ct) : IDisposable
{
    private readonly Dictionary<object, torch.Tensor> _frameCache = [];

    /// <summary>True for the first frame of a video (or its first latent frame), which has no past.</summary>
    public bool IsFirstChunk { get; private set; } = true;

    public void ChunkDone() => IsFirstChunk = false;

    /// <summary>Is looked at before every convolution, because one chunk of a large video takes long.</summary>
    public void ThrowIfCancelled() => ct.ThrowIfCancellationRequested();

    public bool IsObserved => observer is not null;

    public void Observe(string stage, torch.Tensor output) => observer?.Invoke(stage, output);

    /// <summary>The last frames that <paramref name="layer"/> saw, or null when it has not run yet.</summary>
    public torch.Tensor? CachedFrames(object layer) => _frameCache.GetValueOrDefault(layer);

    /// <summary>Copies the frames that <paramref name="layer"/> will need with the next chunk.</summary>
    public void CacheFrames(object layer, torch.Tensor frames)
    {
        if (_frameCache.TryGetValue(layer, out var kept) && kept.shape.SequenceEqual(frames.shape))
        {
            kept.copy_(frames);
            return;
        }

        kept?.Dispose();
        _frameCache[layer] = frames.clone().DetachFromDisposeScope();
    }

    public void Dispose()
    {
        foreach (var frames in _frameCache.Values)
            frames.Dispose();
        _frameCache.Clear();
    }
}
