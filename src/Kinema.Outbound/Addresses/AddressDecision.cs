namespace Kinema.Outbound.Addresses;

/// <summary>Decision of the address policy for one address and port.</summary>
/// <param name="Refusal">Null if allowed, else the reason for the operator's log.</param>
/// <param name="IsPublic">Whether the address is in no special-purpose block; an allowed private address is not public.</param>
internal readonly record struct AddressDecision(string? Refusal, bool IsPublic)
{
    public bool IsAllowed => Refusal is null;

    public static AddressDecision Allowed(bool isPublic) => new(null, isPublic);

    public static AddressDecision Forbidden(string reason, bool isPublic = false) => new(reason, isPublic);
}
