using Kinema.Wan.Checkpoints;
using static TorchSharp.torch;

namespace Kinema.Wan.Vae;

/// <summary>A convolution over time and space that sees no future: output frame t is made of the input frames t-2, t-1 and t.</summary>
/// <remarks>
/// x: [B, Cin, T, H, W] → [B, Cout, T, H, W]. Frames before the video are zero. With chunks, the last two input frames of a chunk are remembered
/// and put before the next one, so the result is the same as for the whole video at once.
/// </remarks>
internal sealed class CausalConv3d : IVaeStage
{
    private const int KernelTime = 3;
    private const int Remembered = KernelTime - 1;

    private readonly Tensor _weight;
    private readonly Tensor _bias;
    private readonly long _margin;

    /// <param name="weights">Holds <c>weight</c> and <c>bias</c>.</param>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="kernelSpace">Height and width of the kernel: 3, or 1 for a convolution over time only.</param>
    public CausalConv3d(IWeights weights, long inChannels, long outChannels, long kernelSpace = 3)
    {
        _weight = weights.Get("weight", outChannels, inChannels, KernelTime, kernelSpace, kernelSpace);
        _bias = weights.Get("bias", outChannels);
        _margin = kernelSpace / 2;
    }

    public Tensor Apply(Tensor x, VaePass pass) => Convolve(x, pass, target => target.copy_(x));

    /// <summary>Convolves SiLU(norm(x)), written straight into the window of frames that the convolution reads.</summary>
    public Tensor Apply(ChannelNorm norm, Tensor x, VaePass pass) => Convolve(x, pass, target => norm.WriteActivated(x, target));

    private Tensor Convolve(Tensor like, VaePass pass, Action<Tensor> write)
    {
        pass.ThrowIfCancelled();
        using var scope = NewDisposeScope();

        var past = pass.PastOf(this);
        return (past is null && like.shape[2] == 1 ? FirstFrame(like, pass, write) : Window(like, past, pass, write)).MoveToOuterDisposeScope();
    }

    private Tensor Window(Tensor like, Tensor? past, VaePass pass, Action<Tensor> write)
    {
        var frames = like.shape[2];
        var known = past?.shape[2] ?? 0;
        var window = VideoLayout.Empty(like, Remembered + frames);

        if (known < Remembered)
            window.narrow(2, 0, Remembered - known).zero_();
        if (past is not null)
            window.narrow(2, Remembered - known, known).copy_(past);
        write(window.narrow(2, Remembered, frames));

        pass.Remember(this, window.narrow(2, frames, Remembered));
        return nn.functional.conv3d(window, _weight, _bias, padding: [0, _margin, _margin]);
    }

    /// <summary>A single frame with nothing before it meets the last slice of the kernel only: a third of the work.</summary>
    private Tensor FirstFrame(Tensor like, VaePass pass, Action<Tensor> write)
    {
        var frame = VideoLayout.Empty(like, 1);
        write(frame);
        pass.Remember(this, frame);
        return nn.functional.conv2d(frame.squeeze(2), _weight.select(2, KernelTime - 1), _bias, padding: [_margin, _margin]).unsqueeze(2);
    }
}
