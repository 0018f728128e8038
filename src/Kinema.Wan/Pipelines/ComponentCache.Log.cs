using Microsoft.Extensions.Logging;

namespace Kinema.Wan.Pipelines;

internal sealed partial class ComponentCache
{
    private void LogOffloadPlan() => LogPolicy(
        OffloadPlan.AllResident ? "all components stay loaded" : "components are loaded and released in turn",
        OffloadPlan.Resident, OffloadPlan.WeightBytes, OffloadPlan.MappedBytes, OffloadPlan.FreeBytes, OffloadPlan.ReserveBytes, options.MemoryBudget);

    [LoggerMessage(1, LogLevel.Information, "Offload plan: {Policy}, matrices {Resident}. Weights on the device: {Bytes} bytes; in mapped files: {Mapped} bytes. Free: {Free} bytes, of which {Reserve} are reserved for activations; MemoryBudget: {Budget}.")]
    private partial void LogPolicy(string policy, WanResident resident, long bytes, long mapped, long? free, long reserve, long? budget);

    [LoggerMessage(2, LogLevel.Information, "Loaded {Component}: {Bytes} bytes.")]
    private partial void LogLoaded(ComponentName component, long bytes);

    [LoggerMessage(3, LogLevel.Information, "Released {Component}: {Bytes} bytes.")]
    private partial void LogReleased(ComponentName component, long bytes);
}
