using System.Text.Json;
using System.Text.Json.Serialization;
using Kinema.Core.Idempotency;
using Kinema.Core.Prompts;
using Kinema.Core.Runs;
using Kinema.Engines;

namespace Kinema.Storage;

/// <summary>JSON serialization of the JSON columns.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunOutput))]
[JsonSerializable(typeof(PromptExpansion))]
[JsonSerializable(typeof(IReadOnlyList<EngineDescriptor>))]
[JsonSerializable(typeof(IReadOnlyList<SignedPlace>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class StorageJson : JsonSerializerContext
{
    /// <summary>An array of texts, for a statement that reads it with <c>json_each</c>.</summary>
    public static string Texts(IEnumerable<string> values) => JsonSerializer.Serialize<IReadOnlyList<string>>([.. values], Default.IReadOnlyListString);
}
