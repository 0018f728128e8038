using Kinema.Wan.Arithmetic;
using Kinema.Wan.Schedulers;
using Kinema.Wan.StepCaching;
using Kinema.Wan.Transformer;
using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines;

/// <summary>Denoises noise into the latents of a video. Each step runs the transformer of its noise level, once or twice, then the scheduler.</summary>
internal sealed class Denoiser(Checkpoint checkpoint, ComponentCache components, WanSettings settings, GenerationHooks hooks)
{
    private readonly int _passes = settings.IsGuided ? 2 : 1;

    /// <summary>noise: [1, z, T, h, w] → new latents of the same shape, normalised, float32, on the device.</summary>
    public Tensor Run(Tensor noise, Conditions conditions, CancellationToken ct)
    {
        using var mode = inference_mode();
        using var scheduler = SchedulerFactory.Create(settings.Scheduler, settings.NumInferenceSteps, settings.FlowShift);
        using var cache = settings.StepCache is null ? null : new StepCache(settings, scheduler.Schedule);
        var latents = noise.to(ScalarType.Float32, components.Device, copy: true).DetachFromDisposeScope();
        try
        {
            for (var step = 0; step < scheduler.Schedule.Steps; step++)
            {
                var next = Step(step, scheduler, latents, conditions, cache, ct);
                latents.Dispose();
                latents = next;
            }

            using var mixed = checkpoint.ExpandTimesteps ? WithFirstFrame(latents, conditions.Frames) : latents.alias();
            return mixed.alias().DetachFromDisposeScope();
        }
        finally
        {
            latents.Dispose();
        }
    }

    private Tensor Step(int step, IScheduler scheduler, Tensor latents, Conditions conditions, StepCache? cache, CancellationToken ct)
    {
        using var scope = NewDisposeScope();
        var time = scheduler.Schedule.Timesteps[step];
        var high = scheduler.Schedule.IsHighNoise(step, settings.BoundaryRatio);
        var component = high ? ComponentName.Transformer : ComponentName.Transformer2;
        var scale = high ? settings.GuidanceScale : settings.GuidanceScale2 ?? settings.GuidanceScale;
        var input = new TransformerInput(ModelInput(latents, conditions.Frames), TokenTimestepsAt(time, latents), conditions.Prompt, conditions.Image);
        if (hooks.OnTensor is not null)
            ObserveInput(step, input, high);

        cache?.Begin(step, component);
        var velocity = PredictWithGuidance(step, scheduler.Schedule, components.Transformer(component, ct), input, conditions.NegativePrompt, scale, cache, ct);
        cache?.End(step);
        hooks.Observe(step, "noise_pred", velocity);
        var next = scheduler.Step(step, velocity, latents);
        hooks.Observe(step, "latents_after_step", next);
        ReportProgress(step + 1, 0, scheduler.Schedule, Preview(latents, velocity, scheduler.Schedule.Sigmas[step], conditions.Preview), cache?.Report);
        return next.DetachFromDisposeScope();
    }

    /// <summary>Classifier-free guidance (Ho and Salimans 2021, eq. 6): v = v∅ + s·(v − v∅).</summary>
    private Tensor PredictWithGuidance(
        int step, SigmaSchedule schedule, WanTransformer model, TransformerInput input, Tensor? negative, double scale, StepCache? cache, CancellationToken ct)
    {
        var conditional = model.Forward(input with { Residual = cache?.ResidualOf(0) }, BlockHooks(step, 0, schedule), ct);
        hooks.Observe(step, "noise_pred_cond", conditional);
        if (negative is null)
            return conditional;

        var unconditional = model.Forward(input with { Text = negative, Residual = cache?.ResidualOf(1) }, BlockHooks(step, 1, schedule), ct);
        hooks.Observe(step, "noise_pred_uncond", unconditional);
        return conditional.sub_(unconditional).MultiplyInPlace(scale).AddInPlace(unconditional);
    }

    /// <summary>Joins the latents with mask and image latents along the channels. For TI2V it writes the image latents into the first frame.</summary>
    private Tensor ModelInput(Tensor latents, Tensor frames) => checkpoint.ExpandTimesteps ? WithFirstFrame(latents, frames) : cat([latents, frames], 1);

    private static Tensor WithFirstFrame(Tensor latents, Tensor picture)
    {
        var mixed = latents.clone();
        using var first = mixed.narrow(2, 0, 1);
        first.copy_(picture);
        return mixed;
    }

    /// <summary>Returns the timestep of every token: the same for all, but 0 for the tokens of a given frame (TI2V).</summary>
    private TokenTimesteps TokenTimestepsAt(float time, Tensor latents)
    {
        var patch = checkpoint.Transformer.PatchSize;
        var frame = latents.shape[3] / patch[1] * (latents.shape[4] / patch[2]);
        var tokens = frame * (latents.shape[2] / patch[0]);
        if (!checkpoint.ExpandTimesteps)
            return TokenTimesteps.PerSample([time], tokens);

        return new([0, time], tokens == frame ? [new(0, 0, frame, 0)] : [new(0, 0, frame, 0), new(0, frame, tokens - frame, 1)], PerToken: true);
    }

    private ForwardHooks BlockHooks(int step, int pass, SigmaSchedule schedule) => hooks.Progress is null ? ForwardHooks.None : new()
    {
        OnBlockDone = (done, all) => ReportProgress(step, (pass * all) + done, schedule),
    };

    private void ReportProgress(int done, int block, SigmaSchedule schedule, RgbImage? preview = null, WanStepCacheReport? cached = null) => hooks.Progress?.Invoke(new(
        WanPhase.Denoise, done, schedule.Steps, block, _passes * checkpoint.Transformer.Layers, schedule.Sigmas[done], preview, cached));

    /// <summary>Previews the middle latent frame of the current estimate x0 = x − σ·v.</summary>
    private RgbImage? Preview(Tensor latents, Tensor velocity, float sigma, LatentToRgb? map)
    {
        if (!hooks.Previews || map is null)
            return null;

        using var scope = NewDisposeScope();
        var middle = latents.shape[2] / 2;
        return map.ToImage(latents.select(2, middle).Plus(velocity.select(2, middle), -sigma)[0]);
    }

    private void ObserveInput(int step, TransformerInput input, bool high)
    {
        using var scope = NewDisposeScope();
        hooks.Observe(step, "model_input", input.Latents);
        hooks.Observe(step, "model_timestep", input.Timesteps.Expand(tensor([.. input.Timesteps.Values])));
        hooks.Observe(step, "expert", tensor(high ? 0L : 1L));
    }
}
