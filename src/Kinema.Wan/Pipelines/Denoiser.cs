using Kinema.Wan.Arithmetic;
using Kinema.Wan.Images;
using Kinema.Wan.Sampling;
using Kinema.Wan.StepCaching;
using Kinema.Wan.Transformer;
using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines;

/// <summary>Takes noise to the latents of a video: in each step the transformer of that noise level, once or twice, then the sampler.</summary>
internal sealed class Denoiser(Checkpoint checkpoint, PartStore parts, WanSettings settings, GenerationWatch watch)
{
    private readonly int _passes = settings.IsGuided ? 2 : 1;

    /// <summary>noise: [1, z, T, h, w] → new latents of the same shape, normalised, float32, on the device.</summary>
    public Tensor Run(Tensor noise, Conditions conditions, CancellationToken ct)
    {
        using var mode = inference_mode();
        using var sampler = Samplers.Create(settings.Sampler, settings.Steps, settings.Shift);
        using var cache = settings.StepCache is null ? null : new StepCache(settings, sampler.Schedule);
        var latents = noise.to(ScalarType.Float32, parts.Device, copy: true).DetachFromDisposeScope();
        try
        {
            for (var step = 0; step < sampler.Schedule.Steps; step++)
            {
                var next = Step(step, sampler, latents, conditions, cache, ct);
                latents.Dispose();
                latents = next;
            }

            using var mixed = checkpoint.ExpandTimesteps ? WithPicture(latents, conditions.Frames) : latents.alias();
            return mixed.alias().DetachFromDisposeScope();
        }
        finally
        {
            latents.Dispose();
        }
    }

    private Tensor Step(int step, ISampler sampler, Tensor latents, Conditions conditions, StepCache? cache, CancellationToken ct)
    {
        using var scope = NewDisposeScope();
        var time = sampler.Schedule.Timesteps[step];
        var high = sampler.Schedule.IsHighNoise(step, settings.Boundary);
        var part = high ? PartName.Transformer : PartName.Transformer2;
        var scale = high ? settings.GuidanceScale : settings.GuidanceScale2 ?? settings.GuidanceScale;
        var input = new TransformerInput(ModelInput(latents, conditions.Frames), Times(time, latents), conditions.Prompt, conditions.Image);
        if (watch.Tap is not null)
            Show(step, input, high);

        cache?.Begin(step, part);
        var velocity = Guided(step, sampler.Schedule, parts.Transformer(part, ct), input, conditions.NegativePrompt, scale, cache, ct);
        cache?.End(step);
        watch.See(step, "noise_pred", velocity);
        var next = sampler.Step(step, velocity, latents);
        watch.See(step, "latents_after_step", next);
        Tell(step + 1, 0, sampler.Schedule, Preview(latents, velocity, sampler.Schedule.Sigmas[step], conditions.Preview), cache?.Report);
        return next.DetachFromDisposeScope();
    }

    /// <summary>Classifier-free guidance (Ho and Salimans 2021, eq. 6): v = v∅ + s·(v − v∅).</summary>
    private Tensor Guided(
        int step, NoiseSchedule schedule, WanTransformer model, TransformerInput input, Tensor? negative, double scale, StepCache? cache, CancellationToken ct)
    {
        var conditional = model.Forward(input with { Residual = cache?.Of(0) }, Blocks(step, 0, schedule), ct);
        watch.See(step, "noise_pred_cond", conditional);
        if (negative is null)
            return conditional;

        var unconditional = model.Forward(input with { Text = negative, Residual = cache?.Of(1) }, Blocks(step, 1, schedule), ct);
        watch.See(step, "noise_pred_uncond", unconditional);
        return conditional.sub_(unconditional).MultiplyInPlace(scale).AddInPlace(unconditional);
    }

    /// <summary>The latents joined with mask and picture along the channels; for TI2V the latents with the picture in the first frame.</summary>
    private Tensor ModelInput(Tensor latents, Tensor frames) => checkpoint.ExpandTimesteps ? WithPicture(latents, frames) : cat([latents, frames], 1);

    private static Tensor WithPicture(Tensor latents, Tensor picture)
    {
        var mixed = latents.clone();
        using var first = mixed.narrow(2, 0, 1);
        first.copy_(picture);
        return mixed;
    }

    /// <summary>The time of every token: the same for all, but 0 for those of a frame that is already there (TI2V).</summary>
    private TokenTimes Times(float time, Tensor latents)
    {
        var patch = checkpoint.Transformer.PatchSize;
        var frame = latents.shape[3] / patch[1] * (latents.shape[4] / patch[2]);
        var tokens = frame * (latents.shape[2] / patch[0]);
        if (!checkpoint.ExpandTimesteps)
            return TokenTimes.PerSample([time], tokens);

        return new([0, time], tokens == frame ? [new(0, 0, frame, 0)] : [new(0, 0, frame, 0), new(0, frame, tokens - frame, 1)], PerToken: true);
    }

    private ForwardWatch Blocks(int step, int pass, NoiseSchedule schedule) => watch.Progress is null ? ForwardWatch.None : new()
    {
        BlockDone = (done, all) => Tell(step, (pass * all) + done, schedule),
    };

    private void Tell(int done, int block, NoiseSchedule schedule, RgbImage? preview = null, WanStepCacheReport? cached = null) => watch.Progress?.Invoke(new(
        WanPhase.Sampling, done, schedule.Steps, block, _passes * checkpoint.Transformer.Layers, schedule.Sigmas[done], preview, cached));

    /// <summary>What the video will be by what is known now, x0 = x − σ·v: its middle latent frame.</summary>
    private RgbImage? Preview(Tensor latents, Tensor velocity, float sigma, PreviewMap? map)
    {
        if (!watch.Previews || map is null)
            return null;

        using var scope = NewDisposeScope();
        var middle = latents.shape[2] / 2;
        return map.Show(latents.select(2, middle).Plus(velocity.select(2, middle), -sigma)[0]);
    }

    private void Show(int step, TransformerInput input, bool high)
    {
        using var scope = NewDisposeScope();
        watch.See(step, "model_input", input.Latents);
        watch.See(step, "model_timestep", input.Times.Spread(tensor([.. input.Times.Values])));
        watch.See(step, "expert", tensor(high ? 0L : 1L));
    }
}
