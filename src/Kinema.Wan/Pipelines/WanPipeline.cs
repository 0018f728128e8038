using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Kinema.Wan.Checkpoints;
using Kinema.Wan.Images;
using Kinema.Wan.Pipelines;
using Kinema.Wan.Pipelines.Offloading;
using Kinema.Wan.Text.Tokens;
using Microsoft.Extensions.Logging.Abstractions;
using TorchSharp;

namespace Kinema.Wan;

/// <summary>
/// An image-to-video model, loaded and ready. One video is generated at a time: who asks for another meanwhile waits until the enumeration of the
/// first one's frames has ended. All members may be called from any thread.
/// </summary>
public sealed class WanPipeline : IDisposable
{
    private readonly Checkpoint _checkpoint;
    private readonly ComponentCache _components;
    private readonly SettingsPlanner _planner;
    private readonly Tokenizer _tokenizer;
    private readonly GenerationLock _lock;

    private WanPipeline(Checkpoint checkpoint, ComponentCache components, SettingsPlanner planner, Tokenizer tokenizer)
    {
        _checkpoint = checkpoint;
        _components = components;
        _planner = planner;
        _tokenizer = tokenizer;
        _lock = new(components);
    }

    /// <summary>What kind of model it is.</summary>
    public WanFamily Family => _checkpoint.Family;

    /// <summary>Whether its components stay on the device or take turns, and why.</summary>
    public WanOffloadPlan OffloadPlan => _components.OffloadPlan;

    /// <summary>Loads a checkpoint.</summary>
    /// <param name="folder">
    /// In the Diffusers layout (<c>model_index.json</c>, <c>transformer/</c>, <c>vae/</c>, <c>text_encoder/</c>, <c>tokenizer/</c> and so on), or of single
    /// files as ComfyUI keeps them (<c>diffusion_models/</c>, <c>text_encoders/</c>, <c>vae/</c>, <c>clip_vision/</c>, or all side by side).
    /// </param>
    /// <param name="options">Device, precision, memory; null for the defaults.</param>
    /// <param name="progress">Told how many bytes are loaded.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CheckpointException">Something in the folder is missing or damaged; the message names file and tensor.</exception>
    /// <exception cref="WanException">There is not enough memory, or libtorch computes wrong on this processor (<see cref="WanSelfCheck"/>).</exception>
    [SuppressMessage("ApiDesign", "RS0026", Justification = "A folder's name and a record of files cannot be taken for one another.")]
    public static Task<WanPipeline> LoadAsync(
        string folder, WanOptions? options = null, IProgress<LoadProgress>? progress = null, CancellationToken cancellationToken = default)
        => LoadAsync(new WanFiles { Folder = folder }, options, progress, cancellationToken);

    /// <summary>Loads a checkpoint of single files, or of a folder of which files replace components.</summary>
    /// <param name="files">Where its components are.</param>
    /// <param name="options">Device, precision, memory; null for the defaults.</param>
    /// <param name="progress">Told how many bytes are loaded.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CheckpointException">A component is missing, damaged or of another model, or several files could be meant; the message names them.</exception>
    /// <exception cref="WanException">There is not enough memory, or libtorch computes wrong on this processor (<see cref="WanSelfCheck"/>).</exception>
    [SuppressMessage("ApiDesign", "RS0026", Justification = "A folder's name and a record of files cannot be taken for one another.")]
    public static Task<WanPipeline> LoadAsync(
        WanFiles files, WanOptions? options = null, IProgress<LoadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        return Task.Run(() => Load(files, options ?? new(), progress, cancellationToken), cancellationToken);
    }

    /// <summary>The settings a request will be run with, without running it.</summary>
    /// <exception cref="ArgumentException">The checkpoint cannot serve the request; the message names the field.</exception>
    public WanSettings Plan(WanRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _planner.Plan(request);
    }

    /// <summary>Generates a video; its frames come as they are decoded, the first ones while later ones are still latents.</summary>
    /// <param name="request">What to generate.</param>
    /// <param name="cancellationToken">Stops it, at the latest after the transformer block or VAE layer that is being computed.</param>
    /// <exception cref="ArgumentException">The checkpoint cannot serve the request; the message names the field.</exception>
    /// <exception cref="WanException">There is not enough memory; the message says what to try.</exception>
    /// <exception cref="ObjectDisposedException">The pipeline is disposed, before or while it generates.</exception>
    public IAsyncEnumerable<RgbImage> GenerateAsync(WanRequest request, CancellationToken cancellationToken = default)
    {
        var settings = Plan(request);
        return GenerateAsync(request, settings, cancellationToken);
    }

    /// <summary>
    /// Stops a generation that is running, waits until it has stopped (at the latest after the block or layer being computed) and releases the models.
    /// Whoever enumerates its frames, or waits for a turn, gets an <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose() => _lock.Dispose();

    private static WanPipeline Load(WanFiles files, WanOptions options, IProgress<LoadProgress>? progress, CancellationToken ct)
    {
        LibTorch.Load();
        // Beside the reading of headers and tokenizer, so that loading takes no longer.
        var selfCheck = options.Device == "cpu" ? Task.Run(options.SelfCheck, ct) : null;
        var checkpoint = CheckpointFiles.Read(files);
        ComponentValidator.ValidateAll(checkpoint);
        var tokenizer = Tokenizer.Open(checkpoint.Tokenizer);
        var device = Devices.Open(options.Device);
        var type = Devices.TypeFor(options.Precision, device, checkpoint);
        if (selfCheck is not null)
            WanSelfCheck.ThrowIfFailed(selfCheck.GetAwaiter().GetResult());
        var components = new ComponentCache(checkpoint, device, type, options, options.Logger ?? NullLogger.Instance, new FreeMemory());
        try
        {
            OutOfMemory.Explain("loading the weights", () => components.LoadWhatFits(progress, ct));
            var planner = new SettingsPlanner(
                checkpoint, CheckpointDigest.Of(checkpoint), options.Device, type == torch.ScalarType.Float32 ? "float32" : "bfloat16", options);
            return new(checkpoint, components, planner, tokenizer);
        }
        catch
        {
            components.Dispose();
            throw;
        }
    }

    private async IAsyncEnumerable<RgbImage> GenerateAsync(WanRequest request, WanSettings settings, [EnumeratorCancellation] CancellationToken ct)
    {
        await _lock.EnterAsync(ct);
        try
        {
            using var stop = _lock.CreateLinkedTokenSource(ct);
            var hooks = new GenerationHooks { Progress = request.Progress is { } progress ? progress.Report : null, Previews = request.Previews };
            var generation = new Generation(_checkpoint, _components, settings, hooks);
            using var latents = await ComputeAsync("sampling", () => Sample(generation, request, settings, stop.Token), ct);
            using var pieces = generation.Decode(latents, stop.Token).GetEnumerator();
            while (await ComputeAsync("decoding", () => Next(pieces), ct) is { } images)
            {
                foreach (var image in images)
                    yield return image;
            }
        }
        finally
        {
            _lock.Exit();
        }
    }

    private Task<T> ComputeAsync<T>(string doing, Func<T> work, CancellationToken ct) =>
        Task.Run(() => _lock.Run(() => OutOfMemory.Explain(doing, work), ct), ct);

    private torch.Tensor Sample(Generation generation, WanRequest request, WanSettings settings, CancellationToken ct)
    {
        using var input = InputBuilder.Build(_checkpoint, _tokenizer, request, settings);
        using var conditions = generation.Prepare(input, ct);
        using var noise = generation.Noise();
        return generation.Sample(noise, conditions, ct);
    }

    private static IReadOnlyList<RgbImage>? Next(IEnumerator<torch.Tensor> pieces)
    {
        if (!pieces.MoveNext())
            return null;

        using var piece = pieces.Current;
        return VideoPixels.ToImages(piece);
    }
}
