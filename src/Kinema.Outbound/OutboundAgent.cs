namespace Kinema.Outbound;

internal static class OutboundAgent
{
    /// <summary>Names the product and no version: receivers need not know which one to attack.</summary>
    public const string Name = "Kinema";
}
