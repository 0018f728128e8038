using Microsoft.Extensions.Logging;

namespace Kinema.Outbound.Addresses;

internal sealed partial class OutboundAddressPolicies
{
    [LoggerMessage(EventId = 4100, Level = LogLevel.Warning, Message = "{Setting} names {Entry}, a metadata address: it stays closed")]
    private partial void LogOpensNothing(string setting, string entry);
}
