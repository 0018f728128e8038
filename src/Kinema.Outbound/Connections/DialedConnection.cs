using System.Net;

namespace Kinema.Outbound.Connections;

/// <param name="Stream">The open connection.</param>
/// <param name="Address">The address it goes to.</param>
/// <param name="IsPublic">False for an address that only a setting opened.</param>
internal sealed record DialedConnection(Stream Stream, IPAddress Address, bool IsPublic);
