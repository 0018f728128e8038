namespace Kinema.Outbound;

internal static class OutboundAgent
{
    /// <summary>Product name without version, so that receivers cannot target a version.</summary>
    public const string Name = "Kinema";
}
