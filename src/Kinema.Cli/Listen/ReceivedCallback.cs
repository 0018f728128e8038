using Kinema.Client;

namespace Kinema.Cli.Listen;

/// <summary>A callback as it came in.</summary>
/// <param name="At">When.</param>
/// <param name="RequestId">Of the call that created the run.</param>
/// <param name="Signature">What the check said.</param>
/// <param name="Body">Byte for byte.</param>
/// <param name="Callback">What it says, or null where it is no callback.</param>
internal sealed record ReceivedCallback(DateTimeOffset At, string? RequestId, SignatureStatus Signature, byte[] Body, RunCallback? Callback);

internal enum SignatureStatus
{
    /// <summary>No secret was given to check with.</summary>
    Unchecked,

    Valid,
    Invalid,
    Missing,
}
