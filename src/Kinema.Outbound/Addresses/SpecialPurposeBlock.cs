namespace Kinema.Outbound.Addresses;

/// <summary>A block of addresses that is not the public internet.</summary>
/// <param name="Text">The block as its document writes it.</param>
/// <param name="Name">What it is for, as the operator's log says it.</param>
/// <param name="Source">The document that says so.</param>
internal sealed record SpecialPurposeBlock(string Text, string Name, string Source)
{
    public Cidr Block { get; } = Cidr.Parse(Text);
}
