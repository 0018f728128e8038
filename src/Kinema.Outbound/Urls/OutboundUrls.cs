using System.Net;
using Kinema.Outbound.Addresses;

namespace Kinema.Outbound.Urls;

internal sealed class OutboundUrls(OutboundAddressPolicies policies) : IOutboundUrls
{
    /// <summary>Long enough for the signed URLs of the large object stores.</summary>
    public const int MaxMediaLength = 8192;

    /// <summary>The contract's limit.</summary>
    public const int MaxCallbackLength = 2048;

    private const string Unreachable = "is unreachable";

    public string? RefuseMedia(string url) => Refuse(url, MaxMediaLength, OutboundPurpose.Media);

    public string? RefuseCallback(string url) => Refuse(url, MaxCallbackLength, OutboundPurpose.Callbacks);

    private string? Refuse(string text, int maxLength, OutboundPurpose purpose)
    {
        if (OutboundUrl.Refuse(text, maxLength, out var url) is { } refusal)
            return refusal;

        if (MetadataEndpoints.ContainsName(url!.Host))
            return Unreachable;

        return IPAddress.TryParse(url.Host, out var literal) && !policies.For(purpose).Evaluate(literal, url.Port).IsAllowed ? Unreachable : null;
    }
}
