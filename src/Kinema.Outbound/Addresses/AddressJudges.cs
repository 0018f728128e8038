using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Outbound.Addresses;

/// <summary>One judge for each purpose, made once from validated settings.</summary>
internal sealed partial class AddressJudges
{
    private readonly AddressJudge _media;
    private readonly AddressJudge _callbacks;
    private readonly AddressJudge _operator;
    private readonly ILogger<AddressJudges> _log;

    public AddressJudges(IOptions<OutboundOptions> options, ILogger<AddressJudges> log)
    {
        _log = log;
        _media = Make("Media", options.Value.Media.Allow);
        _callbacks = Make("Callbacks", options.Value.Callbacks.Allow);
        _operator = Make("Operator", options.Value.Operator.Allow);
    }

    public AddressJudge For(OutboundPurpose purpose) => purpose switch
    {
        OutboundPurpose.Media => _media,
        OutboundPurpose.Callbacks => _callbacks,
        OutboundPurpose.Operator => _operator,
        _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
    };

    private AddressJudge Make(string purpose, IList<string> entries)
    {
        var opened = new List<OpenRange>(entries.Count);
        foreach (var entry in entries)
        {
            if (!OpenRange.TryParse(entry, out var range))
                throw new InvalidOperationException($"{OutboundOptions.Section}:{purpose}:Allow holds \"{entry}\", which is no CIDR or CIDR:port.");

            if (range.Block.IsSingle && MetadataEndpoints.Contains(IPAddress.Parse(entry[..entry.IndexOf('/', StringComparison.Ordinal)].Trim('['))))
                LogOpensNothing($"{OutboundOptions.Section}:{purpose}:Allow", entry);
            opened.Add(range);
        }

        return new AddressJudge(opened);
    }
}
