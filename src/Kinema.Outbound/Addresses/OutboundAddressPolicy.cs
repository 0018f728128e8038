using System.Net;

namespace Kinema.Outbound.Addresses;

/// <summary>Decides which addresses one purpose may dial: public ones, and the ranges that the operator opened for it.</summary>
internal sealed class OutboundAddressPolicy(IReadOnlyList<AllowedRange> opened)
{
    public AddressDecision Evaluate(IPAddress address, int port)
    {
        if (MetadataEndpoints.Contains(address))
            return AddressDecision.Forbidden($"{address} is a metadata address, which no setting opens");

        // A zone picks a network card, which no URL of a caller has a say in.
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

        // Ports below 1024 other than the web's own belong to mail, files and the like; a POST there is an attack on them.
        if (port is < 1024 and not (80 or 443))
            return AddressDecision.Forbidden($"port {port} of {address} belongs to another protocol", isPublic: true);

        return AddressDecision.Allowed(isPublic: true);
    }
}
