using Microsoft.Extensions.Logging;

namespace Kinema.Wan.Pipelines;

internal sealed partial class PartStore
{
    [LoggerMessage(1, LogLevel.Information, "Residency: {Policy}; weights take {Bytes} bytes, the budget is {Budget}.")]
    private partial void LogPolicy(string policy, long bytes, long? budget);

    [LoggerMessage(2, LogLevel.Information, "Loaded {Part}: {Bytes} bytes.")]
    private partial void LogLoaded(PartName part, long bytes);

    [LoggerMessage(3, LogLevel.Information, "Released {Part}: {Bytes} bytes.")]
    private partial void LogReleased(PartName part, long bytes);
}
