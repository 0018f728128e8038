using Microsoft.Extensions.Logging;

namespace Kinema.Outbound.Addresses;

internal sealed partial class OutboundAddressPolicies
{
    [LoggerMessage(EventId = 4100, Level = LogLevel.Warning, Message = "{Setting} allows {Entry}, a metadata address: it stays forbidden")]
    private partial void LogMetadataAddress(string setting, string entry);
}
