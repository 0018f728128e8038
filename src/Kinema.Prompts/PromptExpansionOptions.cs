using System.ComponentModel.DataAnnotations;

namespace Kinema.Prompts;

/// <summary>Section <c>PromptExpansion</c>: who writes prompts in more detail where a run asks for it.</summary>
public sealed class PromptExpansionOptions : IValidatableObject
{
    public const string Section = "PromptExpansion";

    /// <summary>Whether rules of this server add what they see in the picture. They send nothing anywhere.</summary>
    public bool Rules { get; set; } = true;

    /// <summary>
    /// Base address of an OpenAI-compatible API, such as <c>https://llm.example/v1</c>. Without one, no prompt leaves this server.
    /// <c>Outbound:Operator:Allow</c> opens addresses that are not public.
    /// </summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Name of the language model, as the endpoint calls it.</summary>
    [StringLength(200)]
    public string? Model { get; set; }

    /// <summary>Key for the endpoint; better in the environment or in <see cref="ApiKeyFile"/> than on the command line.</summary>
    [StringLength(4096)]
    public string? ApiKey { get; set; }

    /// <summary>File with the key, read at start.</summary>
    [StringLength(4096)]
    public string? ApiKeyFile { get; set; }

    /// <summary>Engines whose prompts go to the endpoint, by id; empty for all.</summary>
    public IList<string> Engines { get; init; } = [];

    /// <summary>Longest wait for an answer; then the rules do it.</summary>
    [Range(1, 120)]
    public int TimeoutSeconds { get; set; } = 15;

    /// <summary>Most tokens of an answer.</summary>
    [Range(16, 4096)]
    public int MaxTokens { get; set; } = 300;

    /// <summary>Most characters that an answer may add to a prompt.</summary>
    [Range(50, 4000)]
    public int MaxCharacters { get; set; } = 800;

    /// <summary>Most bytes of an answer.</summary>
    [Range(1024, 1_048_576)]
    public int MaxAnswerBytes { get; set; } = 65_536;

    /// <summary>How the endpoint is asked for JSON.</summary>
    public AnswerFormat AnswerFormat { get; set; } = AnswerFormat.JsonSchema;

    /// <summary>Whether a small copy of the first frame goes to the endpoint too; the model must take pictures.</summary>
    public bool SendPicture { get; set; }

    /// <summary>Longest side of that copy, pixels.</summary>
    [Range(64, 2048)]
    public int PicturePixels { get; set; } = 512;

    /// <summary>Tokens that the copy counts as, for what an expansion costs at most.</summary>
    [Range(0, 20_000)]
    public int PictureTokens { get; set; } = 1500;

    /// <summary>Price of a million input tokens, US dollars.</summary>
    [Range(0, 10_000)]
    public decimal InputPrice { get; set; }

    /// <summary>Price of a million output tokens, US dollars.</summary>
    [Range(0, 10_000)]
    public decimal OutputPrice { get; set; }

    /// <summary>Most that one expansion may cost, US dollars; a prompt that could cost more goes to the rules.</summary>
    [Range(0, 1000)]
    public decimal MaxCost { get; set; } = 0.01m;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint is { } address && !(address.IsAbsoluteUri && address.Scheme is "http" or "https" && address.UserInfo.Length == 0 && address.Query.Length == 0))
            yield return new($"{Section}:Endpoint must be an http or https URL without user and query, such as https://llm.example/v1; got \"{address.OriginalString}\".", [nameof(Endpoint)]);
        if (Endpoint is not null && string.IsNullOrWhiteSpace(Model))
            yield return new($"{Section}:Model is required with {Section}:Endpoint: the model's name, as the endpoint calls it.", [nameof(Model)]);
        if (ApiKey is not null && ApiKeyFile is not null)
            yield return new($"{Section}:ApiKey and {Section}:ApiKeyFile exclude each other.", [nameof(ApiKeyFile)]);
        if (ApiKeyFile is not null && !File.Exists(ApiKeyFile))
            yield return new($"{Section}:ApiKeyFile must be a file; there is none at '{ApiKeyFile}'.", [nameof(ApiKeyFile)]);
    }
}

/// <summary>How an endpoint is asked for JSON.</summary>
public enum AnswerFormat
{
    /// <summary>By a schema, which most endpoints enforce.</summary>
    JsonSchema,

    /// <summary>By <c>json_object</c>.</summary>
    JsonObject,

    /// <summary>By the instructions alone.</summary>
    Text,
}
