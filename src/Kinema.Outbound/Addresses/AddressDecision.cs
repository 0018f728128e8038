namespace Kinema.Outbound.Addresses;

/// <summary>What the judge says of one address and port.</summary>
/// <param name="Refusal">Null when it may be dialled, else the reason for the operator's log.</param>
/// <param name="IsPublic">Not in any special-purpose block; an opened private address is allowed and not public.</param>
internal readonly record struct AddressDecision(string? Refusal, bool IsPublic)
{
    public bool IsAllowed => Refusal is null;

    public static AddressDecision Allowed(bool isPublic) => new(null, isPublic);

    public static AddressDecision Forbidden(string reason, bool isPublic = false) => new(reason, isPublic);
}
