using System.Text.Json.Serialization;
using Kinema.Prompts.Endpoint;
using Kinema.Prompts.Guides;
using Kinema.Prompts.Languages;

namespace Kinema.Prompts;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Language))]
[JsonSerializable(typeof(PromptGuide))]
[JsonSerializable(typeof(Question))]
[JsonSerializable(typeof(Answer))]
[JsonSerializable(typeof(JudgedPrompt))]
[JsonSerializable(typeof(PromptVerdict))]
internal sealed partial class PromptsJson : JsonSerializerContext;
