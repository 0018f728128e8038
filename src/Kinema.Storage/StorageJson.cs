using System.Text.Json.Serialization;
using Kinema.Core.Idempotency;
using Kinema.Core.Runs;
using Kinema.Engines;

namespace Kinema.Storage;

/// <summary>JSON serialization of the JSON columns.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunOutput))]
[JsonSerializable(typeof(IReadOnlyList<EngineDescriptor>))]
[JsonSerializable(typeof(IReadOnlyList<SignedPlace>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class StorageJson : JsonSerializerContext;
