namespace Kinema.Outbound.Addresses;

/// <summary>A special-purpose address block: not the public internet.</summary>
/// <param name="Text">The block in CIDR notation, as in its source.</param>
/// <param name="Name">Purpose, for the operator's log.</param>
/// <param name="Source">Source document.</param>
internal sealed record SpecialPurposeBlock(string Text, string Name, string Source)
{
    public Cidr Block { get; } = Cidr.Parse(Text);
}
