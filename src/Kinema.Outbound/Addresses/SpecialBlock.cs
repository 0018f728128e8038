namespace Kinema.Outbound.Addresses;

/// <summary>A block of addresses that is not the public internet.</summary>
/// <param name="Block">The block.</param>
/// <param name="Name">What it is for, as the operator's log says it.</param>
/// <param name="Source">The document that says so.</param>
internal sealed record SpecialBlock(Cidr Block, string Name, string Source)
{
    public static SpecialBlock Of(string cidr, string name, string source) => new(Cidr.Parse(cidr), name, source);
}
