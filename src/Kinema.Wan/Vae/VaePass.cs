using TorchSharp;

namespace Kinema.Wan.Vae;

/// <summary>Receives the output of a named stage. The tensor is valid during the call only and must not be written.</summary>
internal delegate void StageObserver(string stage, torch.Tensor output);

/// <summary>
/// One pass of a video through the encoder or the decoder, chunk after chunk, with the cached frames of each causal convolution (the reference's feat_cache).
/// </summary>
/// <remarks>The cache holds two frames per convolution, whatever the length of the video.</remarks>
internal sealed class VaePass(StageObserver? observer, CancellationToken ct) : IDisposable
{
    private readonly Dictionary<object, torch.Tensor> _frameCache = [];

    /// <summary>Whether this is the first chunk of a video, which has no cached frames.</summary>
    public bool IsFirstChunk { get; private set; } = true;

    public void ChunkDone() => IsFirstChunk = false;

    /// <summary>Called before every convolution, because one chunk of a large video takes long.</summary>
    public void ThrowIfCancelled() => ct.ThrowIfCancellationRequested();

    public bool IsObserved => observer is not null;

    public void Observe(string stage, torch.Tensor output) => observer?.Invoke(stage, output);

    /// <summary>Returns the last input frames of <paramref name="layer"/>, or null if it has not run yet.</summary>
    public torch.Tensor? CachedFrames(object layer) => _frameCache.GetValueOrDefault(layer);

    /// <summary>Copies the frames that <paramref name="layer"/> needs with the next chunk.</summary>
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
