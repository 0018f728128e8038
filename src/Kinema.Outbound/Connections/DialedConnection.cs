using System.Net;

namespace Kinema.Outbound.Connections;

/// <param name="Stream">The connection.</param>
/// <param name="Address">Remote address.</param>
/// <param name="IsPublic">False for an address that only a setting allowed.</param>
internal sealed record DialedConnection(Stream Stream, IPAddress Address, bool IsPublic);
