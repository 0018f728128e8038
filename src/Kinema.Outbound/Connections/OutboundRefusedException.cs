namespace Kinema.Outbound.Connections;

/// <summary>The guard refused to connect. The message is for the operator, never for the caller.</summary>
internal sealed class OutboundRefusedException(string reason) : IOException(reason);
