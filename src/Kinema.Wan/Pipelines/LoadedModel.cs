using System.Reflection;
using Kinema.Wan.Checkpoints;
using Kinema.Wan.SelfChecks;
using Kinema.Wan.Transformer;
using TorchSharp;
using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines;

/// <summary>What the record of a generation says about the model that is loaded and about what computes it.</summary>
/// <param name="Digest">The checkpoint's digest.</param>
/// <param name="Files">The checkpoint's files, each with its folder's name.</param>
/// <param name="Loras">The merged LoRAs.</param>
/// <param name="Device">The device's name.</param>
/// <param name="Precision">The compute type.</param>
/// <param name="Resident">How the matrices stay in memory.</param>
/// <param name="Runtime">What computes.</param>
internal sealed record LoadedModel(
    string Digest, IReadOnlyList<string> Files, IReadOnlyList<WanLora> Loras, string Device, WanPrecision Precision, WanResident Resident, WanRuntime Runtime)
{
    private const string Fused = "fused", Blocked = "blocked";

    /// <summary>Without the commit, which a build of the sources adds.</summary>
    public static string LibraryVersion { get; } = typeof(LoadedModel).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static LoadedModel Describe(Checkpoint checkpoint, WanOptions options, Device device, ScalarType type, WanResident resident, int threads) => new(
        CheckpointDigest.Of(checkpoint),
        [.. checkpoint.Components.SelectMany(component => ShardIndex.Resolve(checkpoint.Paths[component]).Files).Select(NameOf)],
        options.Loras is [] ? [] : [.. options.Loras.Select(lora => new WanLora(Path.GetFileName(lora.Path), CheckpointDigest.OfFile(lora.Path), lora.Strength, lora.Experts))],
        options.Device,
        Devices.PrecisionOf(type),
        resident,
        new()
        {
            LibraryVersion = LibraryVersion,
            LibTorchVersion = __version__,
            Processor = device.type == DeviceType.CPU ? Processor.Describe() : null,
            Threads = threads,
            Attention = BlockedAttention.IsFaster(device.type, type) ? Blocked : Fused,
        });

    private static string NameOf(string path) => Path.Combine(Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path))!), Path.GetFileName(path)).Replace('\\', '/');
}
