using System.Text.Json.Serialization;

namespace Kinema.Worker.Protocol;

/// <summary>JSON of the protocol. Unknown members are skipped, so that a later version may add some.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 32)]
[JsonSerializable(typeof(RegisterWorker))]
[JsonSerializable(typeof(WorkerRegistered))]
[JsonSerializable(typeof(ClaimWork))]
[JsonSerializable(typeof(ClaimReply))]
[JsonSerializable(typeof(PrepareInputsOf))]
[JsonSerializable(typeof(InputsReply))]
[JsonSerializable(typeof(SendHeartbeats))]
[JsonSerializable(typeof(HeartbeatsReply))]
[JsonSerializable(typeof(SendAppends))]
[JsonSerializable(typeof(AppendsReply))]
[JsonSerializable(typeof(DeliverVideo))]
[JsonSerializable(typeof(EndAttempt))]
[JsonSerializable(typeof(EndReply))]
internal sealed partial class WorkerProtocolJson : JsonSerializerContext;
