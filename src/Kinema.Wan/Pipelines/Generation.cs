using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines;

/// <summary>One video in four phases: encode the prompt, encode the images, denoise, decode. Follows diffusers' <c>WanImageToVideoPipeline</c>.</summary>
internal sealed class Generation(Checkpoint checkpoint, ComponentCache components, WanSettings settings, GenerationHooks hooks)
{
    /// <summary>Encodes texts and images into the transformer's conditioning.</summary>
    public Conditions EncodeConditions(GenerationInput input, CancellationToken ct)
    {
        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        ReportPhase(WanPhase.EncodePrompt);
        var prompt = EncodeText(input.Prompt, ct);
        var negative = settings.IsGuided && input.NegativePrompt is { } ids ? EncodeText(ids, ct) : null;

        ReportPhase(WanPhase.EncodeImage);
        var image = input.ClipPixels is { } pixels ? components.ImageEncoder(ct).Encode(pixels.to(components.Device), ct) : null;
        var latents = EncodeFrames(input, ct);
        var preview = hooks.Previews ? LatentToRgb.Fit(latents.narrow(2, 0, 1), input.First) : null;
        return new()
        {
            Prompt = prompt.DetachFromDisposeScope(),
            NegativePrompt = negative?.DetachFromDisposeScope(),
            Image = image?.DetachFromDisposeScope(),
            Frames = (checkpoint.ExpandTimesteps ? latents.alias() : WithMask(latents, input.Last is not null)).DetachFromDisposeScope(),
            Preview = preview,
        };
    }

    /// <summary>Returns the initial noise for the settings' seed and size [1, z, T, h, w].</summary>
    public Tensor InitialNoise() => NoiseSource.Draw(
        settings.Seed, checkpoint.Vae.LatentChannels, ((settings.NumFrames - 1) / checkpoint.Vae.TemporalFactor) + 1,
        settings.Height / checkpoint.Vae.SpatialFactor, settings.Width / checkpoint.Vae.SpatialFactor);

    /// <summary>Denoises noise into normalised latents, which belong to the caller.</summary>
    public Tensor Denoise(Tensor noise, Conditions conditions, CancellationToken ct)
        => new Denoiser(checkpoint, components, settings, hooks).Run(noise, conditions, ct);

    /// <summary>Decodes latents into chunks [1, 3, 1 or 4, H, W] in [−1, 1], one at a time; they belong to the caller.</summary>
    public IEnumerable<Tensor> Decode(Tensor latents, CancellationToken ct)
    {
        ReportPhase(WanPhase.Decode);
        var vae = components.Vae(ct);
        using var denormalized = vae.Statistics.Denormalize(latents);
        foreach (var piece in vae.Decode(denormalized, ct))
            yield return piece;
    }

    private Tensor EncodeText(IReadOnlyList<int> ids, CancellationToken ct) => components.TextEncoder(ct).Encode(ids, tap: null, ct);

    /// <summary>Returns the normalised latents of the given frames: of the image alone for TI2V, else of a clip that is grey where no frame is given.</summary>
    private Tensor EncodeFrames(GenerationInput input, CancellationToken ct)
    {
        using var scope = NewDisposeScope();
        var vae = components.Vae(ct);
        var clip = Conditioning.Clip(input.First, input.Last, checkpoint.ExpandTimesteps ? 1 : settings.NumFrames);
        return vae.Statistics.Normalize(vae.Encode(clip, ct)).MoveToOuterDisposeScope();
    }

    private Tensor WithMask(Tensor latents, bool hasLast)
    {
        using var mask = Conditioning.Mask(hasLast, checkpoint.Vae.TemporalFactor, latents.shape[2], latents.shape[3], latents.shape[4], latents.device);
        return cat([mask, latents], 1);
    }

    private void ReportPhase(WanPhase phase) => hooks.Progress?.Invoke(phase == WanPhase.Decode
        ? new(phase, settings.NumInferenceSteps, settings.NumInferenceSteps, 0, 0, 0)
        : new(phase, 0, settings.NumInferenceSteps, 0, 0, 1));
}
