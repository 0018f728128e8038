namespace Kinema.Core.Callbacks;

/// <summary>Receivers of callbacks that get nothing more now.</summary>
/// <param name="Endpoints">Endpoints (see <see cref="CallbackEndpoint"/>) at their limit or backed off from.</param>
/// <param name="Organizations">Organisations at their limit.</param>
public sealed record BusyReceivers(IReadOnlyCollection<string> Endpoints, IReadOnlyCollection<Guid> Organizations)
{
    public static BusyReceivers None { get; } = new([], []);
}
