using Kinema.Wan.Checkpoints;
using Kinema.Wan.Convolutions;
using static TorchSharp.torch;

namespace Kinema.Wan.Vae;

/// <summary>A causal convolution over time and space: output frame t depends on the input frames t-2, t-1 and t.</summary>
/// <remarks>
/// x: [B, Cin, T, H, W] → [B, Cout, T, H, W]. Frames before the video are zero. The last two input frames of a chunk are cached and prepended to the next
/// chunk, so the result equals that of the whole video at once.
/// </remarks>
internal sealed class CausalConv3d : IVaeStage
{
    private const int KernelTime = 3;
    private const int CachedFrameCount = KernelTime - 1;

    private readonly PaddedConvolution _convolution;
    private readonly PaddedConvolution _firstFrameConvolution;
    private readonly long _inChannels;

    /// <param name="weights">Holds <c>weight</c> and <c>bias</c>.</param>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="kernelSpace">Height and width of the kernel: 3, or 1 for a convolution over time only.</param>
    public CausalConv3d(IWeights weights, long inChannels, long outChannels, long kernelSpace = 3)
    {
        var margin = kernelSpace / 2;
        _convolution = new(weights, [outChannels, inChannels, KernelTime, kernelSpace, kernelSpace], padding: [0, margin, margin]);
        _firstFrameConvolution = _convolution.SliceAt(weights, KernelTime - 1);
        _inChannels = inChannels;
    }

    public Tensor Apply(Tensor x, VaePass pass) => Convolve(x, pass, target => target.copy_(x));

    /// <summary>Convolves SiLU(norm(x)), written directly into the convolution's input.</summary>
    public Tensor Apply(ChannelRmsNorm norm, Tensor x, VaePass pass) => Convolve(x, pass, target => norm.WriteActivated(x, target));

    private Tensor Convolve(Tensor like, VaePass pass, Action<Tensor> write)
    {
        pass.ThrowIfCancelled();
        using var scope = NewDisposeScope();

        var past = pass.CachedFrames(this);
        return (past is null && like.shape[2] == 1 ? FirstFrame(like, pass, write) : Window(like, past, pass, write)).MoveToOuterDisposeScope();
    }

    private Tensor Window(Tensor like, Tensor? past, VaePass pass, Action<Tensor> write)
    {
        var frames = like.shape[2];
        var known = past?.shape[2] ?? 0;
        var window = Empty(like, CachedFrameCount + frames);

        if (known < CachedFrameCount)
            window.narrow(2, 0, CachedFrameCount - known).zero_();
        if (past is not null)
            window.narrow(2, CachedFrameCount - known, known).copy_(past);
        write(window.narrow(1, 0, _inChannels).narrow(2, CachedFrameCount, frames));

        pass.CacheFrames(this, window.narrow(2, frames, CachedFrameCount));
        return _convolution.Apply(window);
    }

    /// <summary>Convolves a single frame with nothing before it. Only the last slice of the kernel matters: a third of the work.</summary>
    private Tensor FirstFrame(Tensor like, VaePass pass, Action<Tensor> write)
    {
        var frame = Empty(like, 1);
        write(frame.narrow(1, 0, _inChannels));
        pass.CacheFrames(this, frame);
        return _firstFrameConvolution.Apply(frame.squeeze(2)).unsqueeze(2);
    }

    /// <summary>Returns frames to write, with zeros in the padding channels.</summary>
    private Tensor Empty(Tensor like, long frames)
    {
        var padded = _convolution.PaddedInChannels;
        var empty = VideoLayout.Empty(like, padded, frames);
        if (padded > _inChannels)
            empty.narrow(1, _inChannels, padded - _inChannels).zero_();
        return empty;
    }
}
