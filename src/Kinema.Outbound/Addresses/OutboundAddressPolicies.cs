using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Outbound.Addresses;

/// <summary>The address policy of each purpose, created once from validated settings.</summary>
internal sealed partial class OutboundAddressPolicies
{
    private readonly OutboundAddressPolicy _media;
    private readonly OutboundAddressPolicy _callbacks;
    private readonly OutboundAddressPolicy _operator;
    private readonly ILogger<OutboundAddressPolicies> _log;

    public OutboundAddressPolicies(IOptions<OutboundOptions> options, ILogger<OutboundAddressPolicies> log)
    {
        _log = log;
        _media = Make("Media", options.Value.Media.Allow);
        _callbacks = Make("Callbacks", options.Value.Callbacks.Allow);
        _operator = Make("Operator", options.Value.Operator.Allow);
    }

    public OutboundAddressPolicy For(OutboundPurpose purpose) => purpose switch
    {
        OutboundPurpose.Media => _media,
        OutboundPurpose.Callbacks => _callbacks,
        OutboundPurpose.Operator => _operator,
        _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
    };

    private OutboundAddressPolicy Make(string purpose, IList<string> entries)
    {
        var opened = new List<AllowedRange>(entries.Count);
        foreach (var entry in entries)
        {
            if (!AllowedRange.TryParse(entry, out var range))
                throw new InvalidOperationException($"{OutboundOptions.Section}:{purpose}:Allow holds \"{entry}\", which is no CIDR or CIDR:port.");

            if (range.Block.IsSingle && MetadataEndpoints.Contains(IPAddress.Parse(entry[..entry.IndexOf('/', StringComparison.Ordinal)].Trim('['))))
                LogMetadataAddress($"{OutboundOptions.Section}:{purpose}:Allow", entry);
            opened.Add(range);
        }

        return new OutboundAddressPolicy(opened);
    }
}
