using Kinema.Core.Upstream;
using Kinema.Fleets.Endpoints;

namespace Kinema.Fleets;

/// <summary>For <c>kinema doctor --engines</c>: whether every server of a fleet answers.</summary>
internal sealed class FleetProbe(FleetEngine fleet) : IEngineProbe
{
    public string Name => fleet.Descriptor.Id;

    public string Description => $"{fleet.Descriptor.DisplayName}, {fleet.Pool.Addresses.Count} servers";

    public async Task<string?> FindProblemAsync(CancellationToken ct)
    {
        var answers = await Task.WhenAll(fleet.Pool.Addresses.Select(async address => (address, IsUp: await FleetHealth.IsUpAsync(fleet, address, ct))));
        Uri[] down = [.. answers.Where(answer => !answer.IsUp).Select(answer => answer.address)];
        return down.Length == 0 ? null : $"{string.Join(", ", down.Select(address => address.AbsoluteUri.TrimEnd('/')))} does not answer";
    }
}
