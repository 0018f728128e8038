using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Kinema.Client;

/// <summary>JSON serialization of the records: snake_case, null properties omitted.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(CreateRunBody))]
[JsonSerializable(typeof(ImageToVideoInput))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(Run))]
[JsonSerializable(typeof(RunEstimate))]
[JsonSerializable(typeof(RunStatistics))]
[JsonSerializable(typeof(Page<Run>))]
[JsonSerializable(typeof(Page<RunLog>))]
[JsonSerializable(typeof(Page<RunPhase>))]
[JsonSerializable(typeof(Page<Model>))]
[JsonSerializable(typeof(Page<Asset>))]
[JsonSerializable(typeof(Page<CallbackSecret>))]
[JsonSerializable(typeof(IReadOnlyList<CallbackDelivery>))]
[JsonSerializable(typeof(CallbackPause))]
[JsonSerializable(typeof(RunCallback))]
[JsonSerializable(typeof(UploadSlot))]
[JsonSerializable(typeof(Asset))]
[JsonSerializable(typeof(CancelBody))]
[JsonSerializable(typeof(SecretBody))]
[JsonSerializable(typeof(UploadBody))]
[JsonSerializable(typeof(ConfirmBody))]
[JsonSerializable(typeof(ErrorEnvelope))]
internal sealed partial class Wire : JsonSerializerContext;

internal sealed record CreateRunBody(JsonObject Input, string? CallbackUrl, JsonObject? Metadata, string? ClientRef);

internal sealed record CancelBody(string? Reason);

internal sealed record SecretBody(string? Label, bool? IsCurrent);

internal sealed record UploadBody(string Filename, string MimeType, long SizeBytes);

internal sealed record ConfirmBody;

internal sealed record UploadSlot(Guid AssetId, string UploadUrl);

internal sealed record ErrorEnvelope(string? Code, string? Message, IReadOnlyList<ValidationError>? Errors);
