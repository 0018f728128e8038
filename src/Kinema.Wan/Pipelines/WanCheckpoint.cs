using Kinema.Wan.Checkpoints;
using Kinema.Wan.Pipelines;
using Kinema.Wan.Pipelines.Offloading;

namespace Kinema.Wan;

/// <summary>What a checkpoint is, read from its headers and configs. No weights are loaded.</summary>
public sealed record WanCheckpoint
{
    /// <summary>The model family.</summary>
    public required WanFamily Family { get; init; }

    /// <summary>The digest that records of generations have (<see cref="WanSettings.CheckpointDigest"/>).</summary>
    public required string Digest { get; init; }

    /// <summary>The version of this library, which decides the pixels together with the checkpoint.</summary>
    public required string LibraryVersion { get; init; }

    /// <summary>The path of the tokenizer.</summary>
    public required string Tokenizer { get; init; }

    /// <summary>The components, in the order of first use.</summary>
    public required IReadOnlyList<WanComponent> Components { get; init; }

    /// <summary>The type in which the transformers and the text encoder would compute.</summary>
    public required WanPrecision Precision { get; init; }

    /// <summary>The memory that it would take on the device now.</summary>
    public required WanOffloadPlan OffloadPlan { get; init; }

    /// <summary>The defaults of the family.</summary>
    public required WanDefaults Defaults { get; init; }

    /// <summary>Reads a checkpoint's headers and configs, and checks that every tensor is there and that the tokenizer fits.</summary>
    /// <param name="files">The paths of the components.</param>
    /// <param name="options">Device, precision, memory; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names it.</exception>
    /// <exception cref="CheckpointException">A component is missing, damaged or of another model, or several files match; the message names them.</exception>
    /// <exception cref="WanException">libtorch is missing, or the device is not available.</exception>
    public static WanCheckpoint Inspect(WanFiles files, WanOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        LibTorch.Load();
        options ??= new();
        var checkpoint = CheckpointFiles.Read(files);
        ComponentValidator.ValidateAll(checkpoint);
        _ = TokenizerLoader.Load(checkpoint);
        var device = Devices.Open(options.Device);
        var type = Devices.TypeFor(options.Precision, device, checkpoint);
        var sizes = new ComponentSizes(checkpoint, device, type, options.Loras);
        var memory = new FreeMemory();
        return new()
        {
            Family = checkpoint.Family,
            Digest = CheckpointDigest.Of(checkpoint),
            LibraryVersion = LoadedModel.LibraryVersion,
            Tokenizer = checkpoint.Tokenizer,
            Components = [.. checkpoint.Components.Select(component => Describe(checkpoint, component, sizes))],
            Precision = Devices.PrecisionOf(type),
            OffloadPlan = OffloadPlanner.Choose(
                sizes.All, options.Resident, options.MemoryBudget, () => memory.BytesOf(device), ActivationReserve.BytesFor(checkpoint, type, options.VaeTiling)),
            Defaults = WanDefaults.Of(checkpoint.Family),
        };
    }

    private static WanComponent Describe(Checkpoint checkpoint, ComponentName component, ComponentSizes sizes)
    {
        using var set = checkpoint.Open(component);
        return new(
            component.ToString(),
            ShardIndex.Resolve(checkpoint.Paths[component]).Files,
            [.. set.Tensors.Values.GroupBy(tensor => tensor.Entry.Type).OrderByDescending(type => type.Sum(tensor => tensor.Entry.Length)).Select(type => type.Key.ToString())],
            set.Tensors.Values.Sum(tensor => tensor.Entry.Count),
            sizes.Of(component, WanResident.Widened).Stored);
    }
}
