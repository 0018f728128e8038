using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Kinema.Wan.Images;
using Kinema.Wan.Pipelines;
using Kinema.Wan.Pipelines.Offloading;
using Kinema.Wan.Text.Tokens;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TorchSharp;

namespace Kinema.Wan;

/// <summary>
/// An image-to-video model, loaded and ready. It generates one video at a time: a second generation waits until the enumeration of the first one's frames has
/// ended. All members are thread-safe.
/// </summary>
public sealed class WanPipeline : IDisposable, IAsyncDisposable
{
    private readonly Checkpoint _checkpoint;
    private readonly ComponentCache _components;
    private readonly SettingsPlanner _planner;
    private readonly Tokenizer _tokenizer;
    private readonly ComputeThreads _threads;
    private readonly GenerationLock _lock;

    private WanPipeline(Checkpoint checkpoint, ComponentCache components, SettingsPlanner planner, Tokenizer tokenizer, ComputeThreads threads)
    {
        _checkpoint = checkpoint;
        _components = components;
        _planner = planner;
        _tokenizer = tokenizer;
        _threads = threads;
        _lock = new(components);
    }

    /// <summary>The model family.</summary>
    public WanFamily Family => _checkpoint.Family;

    /// <summary>The offload plan: whether the components stay on the device or are loaded in turn, and why.</summary>
    public WanOffloadPlan OffloadPlan => _components.OffloadPlan;

    /// <summary>Loads a checkpoint from a folder.</summary>
    /// <param name="folder">
    /// A folder in the Diffusers layout (<c>model_index.json</c>, <c>transformer/</c>, <c>vae/</c>, <c>text_encoder/</c>, <c>tokenizer/</c> …), or one of single
    /// files as ComfyUI keeps them (<c>diffusion_models/</c>, <c>text_encoders/</c>, <c>vae/</c>, <c>clip_vision/</c>, or all side by side).
    /// </param>
    /// <param name="options">Device, precision, memory; null for the defaults.</param>
    /// <param name="progress">Receives the number of bytes loaded.</param>
    /// <param name="cancellationToken">Cancels loading.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names it.</exception>
    /// <exception cref="CheckpointException">Something in the folder is missing or damaged; the message names file and tensor.</exception>
    /// <exception cref="WanException">There is not enough memory, or libtorch computes incorrectly on this processor (<see cref="WanSelfCheck"/>).</exception>
    [SuppressMessage("ApiDesign", "RS0026", Justification = "A folder's name and a record of files cannot be confused.")]
    public static Task<WanPipeline> LoadAsync(
        string folder, WanOptions? options = null, IProgress<LoadProgress>? progress = null, CancellationToken cancellationToken = default)
        => LoadAsync(new WanFiles { Folder = folder }, options, progress, cancellationToken);

    /// <summary>Loads a checkpoint from single files, or from a folder in which single files replace components.</summary>
    /// <param name="files">The paths of the components.</param>
    /// <param name="options">Device, precision, memory; null for the defaults.</param>
    /// <param name="progress">Receives the number of bytes loaded.</param>
    /// <param name="cancellationToken">Cancels loading.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names it.</exception>
    /// <exception cref="CheckpointException">A component is missing, damaged or of another model, or several files match; the message names them.</exception>
    /// <exception cref="WanException">There is not enough memory, or libtorch computes incorrectly on this processor (<see cref="WanSelfCheck"/>).</exception>
    [SuppressMessage("ApiDesign", "RS0026", Justification = "A folder's name and a record of files cannot be confused.")]
    public static Task<WanPipeline> LoadAsync(
        WanFiles files, WanOptions? options = null, IProgress<LoadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        return Task.Run(() => Load(files, options ?? new(), progress, cancellationToken), cancellationToken);
    }

    /// <summary>Returns the complete settings for a request, without running it.</summary>
    /// <exception cref="ArgumentException">The checkpoint cannot serve the request; the message names the field.</exception>
    public WanSettings Plan(WanRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _planner.Plan(request);
    }

    /// <summary>
    /// Returns the floating-point operations of one denoising step of a request, both guidance passes included. Two requests' step times relate roughly like
    /// these numbers.
    /// </summary>
    /// <exception cref="ArgumentException">The checkpoint cannot serve the request; the message names the field.</exception>
    public long CountStepOperations(WanRequest request) => StepOperations.Of(_checkpoint, Plan(request));

    /// <summary>Generates a video and yields its frames as they are decoded: the first frames arrive while later ones are still latents.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels the generation, at the latest after the current transformer block or VAE layer.</param>
    /// <exception cref="ArgumentException">The checkpoint cannot serve the request; the message names the field.</exception>
    /// <exception cref="WanException">There is not enough memory; the message says what to try.</exception>
    /// <exception cref="ObjectDisposedException">The pipeline was disposed before or during the generation.</exception>
    public IAsyncEnumerable<RgbImage> GenerateAsync(WanRequest request, CancellationToken cancellationToken = default)
    {
        var settings = Plan(request);
        return GenerateAsync(request, settings, cancellationToken);
    }

    /// <summary>
    /// Stops a running generation, waits until it has stopped (at the latest after the current block or layer) and releases the models. Pending enumerations
    /// and waiting generations throw an <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose() => _lock.Dispose();

    /// <summary>Does what <see cref="Dispose"/> does, but waits without blocking a thread.</summary>
    public ValueTask DisposeAsync() => _lock.DisposeAsync();

    private static WanPipeline Load(WanFiles files, WanOptions options, IProgress<LoadProgress>? progress, CancellationToken ct)
    {
        LibTorch.Load();
        var threads = ComputeThreads.Of(options);
        // Runs while headers and tokenizer are read, so that loading takes no longer.
        var selfCheck = options.Device == "cpu" ? Task.Run(options.SelfCheck, ct) : null;
        var checkpoint = CheckpointFiles.Read(files);
        ComponentValidator.ValidateAll(checkpoint);
        var tokenizer = TokenizerLoader.Load(checkpoint);
        var device = Devices.Open(options.Device);
        var type = Devices.TypeFor(options.Precision, device, checkpoint);
        if (selfCheck is not null)
            WanSelfCheck.ThrowIfFailed(selfCheck.GetAwaiter().GetResult());
        var components = new ComponentCache(checkpoint, device, type, options, (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger<WanPipeline>(), new FreeMemory());
        try
        {
            OutOfMemory.Explain("loading the weights", () => components.LoadWhatFits(progress, ct));
            var planner = new SettingsPlanner(checkpoint, LoadedModel.Describe(checkpoint, options, device, type, components.OffloadPlan.Resident, threads.Count), options);
            return new(checkpoint, components, planner, tokenizer, threads);
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
            using var latents = await ComputeAsync("sampling", () => Denoise(generation, request, settings, stop.Token), ct);
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

    private Task<T> ComputeAsync<T>(string activity, Func<T> work, CancellationToken ct) =>
        Task.Run(() => _lock.Run(() => OutOfMemory.Explain(activity, _threads.Bind(work)), ct), ct);

    private torch.Tensor Denoise(Generation generation, WanRequest request, WanSettings settings, CancellationToken ct)
    {
        using var input = InputBuilder.Build(_checkpoint, _tokenizer, request, settings);
        using var conditions = generation.EncodeConditions(input, ct);
        using var noise = generation.InitialNoise();
        return generation.Denoise(noise, conditions, ct);
    }

    private static IReadOnlyList<RgbImage>? Next(IEnumerator<torch.Tensor> pieces)
    {
        if (!pieces.MoveNext())
            return null;

        using var piece = pieces.Current;
        return VideoPixels.ToImages(piece);
    }
}
