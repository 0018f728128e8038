using Kinema.Client;

namespace Kinema.Cli.Listen;

/// <summary>A received callback.</summary>
/// <param name="At">Time of receipt.</param>
/// <param name="RequestId">Id of the request that created the run.</param>
/// <param name="Signature">Result of the verification.</param>
/// <param name="Body">Raw body.</param>
/// <param name="Callback">Parsed callback, or null if the body is not a callback.</param>
internal sealed record ReceivedCallback(DateTimeOffset At, string? RequestId, SignatureStatus Signature, byte[] Body, RunCallback? Callback);

internal enum SignatureStatus
{
    /// <summary>No secret was given.</summary>
    Unchecked,

    Valid,
    Invalid,
    Missing,
}
