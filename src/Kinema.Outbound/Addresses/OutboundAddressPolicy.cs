using System.Net;

namespace Kinema.Outbound.Addresses;

/// <summary>Decides which addresses a purpose may connect to: public addresses and ranges that the operator allowed.</summary>
internal sealed class OutboundAddressPolicy(IReadOnlyList<AllowedRange> opened)
{
    public AddressDecision Evaluate(IPAddress address, int port)
    {
        if (MetadataEndpoints.Contains(address))
            return AddressDecision.Forbidden($"{address} is a metadata address, which no setting opens");

        // A zone selects a network interface; a caller's URL must not do that.
        if (address.ScopeIdOrZero() != 0)
            return AddressDecision.Forbidden($"{address} carries a zone");

        foreach (var inner in EmbeddedAddresses.Of(address))
        {
            if (Evaluate(inner, port) is { IsAllowed: false } decision)
                return AddressDecision.Forbidden($"{address} leads to {inner}: {decision.Refusal}");
        }

        var block = SpecialPurposeBlocks.Find(address);
        if (opened.Any(range => range.Contains(address, port)))
            return AddressDecision.Allowed(isPublic: block is null);

        if (block is not null)
            return AddressDecision.Forbidden($"{address} is {block.Name} ({block.Source})");

        // Other ports below 1024 belong to mail, files and similar protocols; a POST to them would be an attack.
        if (port is < 1024 and not (80 or 443))
            return AddressDecision.Forbidden($"port {port} of {address} belongs to another protocol", isPublic: true);

        return AddressDecision.Allowed(isPublic: true);
    }
}
