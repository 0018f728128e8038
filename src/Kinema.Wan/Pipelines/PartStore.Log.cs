using Microsoft.Extensions.Logging;

namespace Kinema.Wan.Pipelines;

internal sealed partial class PartStore
{
    private void LogResidency() => LogPolicy(
        Residency.AllResident ? "all parts stay" : "parts are moved in and out", Residency.WeightBytes, Residency.MappedBytes, Residency.FreeBytes,
        Residency.ReserveBytes, options.MemoryBudget);

    [LoggerMessage(1, LogLevel.Information, "Residency: {Policy}; weights take {Bytes} bytes and {Mapped} stay in mapped files. Free: {Free} bytes, {Reserve} of them kept for what is computed; MemoryBudget: {Budget}.")]
    private partial void LogPolicy(string policy, long bytes, long mapped, long? free, long reserve, long? budget);

    [LoggerMessage(2, LogLevel.Information, "Loaded {Part}: {Bytes} bytes.")]
    private partial void LogLoaded(PartName part, long bytes);

    [LoggerMessage(3, LogLevel.Information, "Released {Part}: {Bytes} bytes.")]
    private partial void LogReleased(PartName part, long bytes);
}
