namespace Kinema.Prompts.Endpoint;

/// <summary>The question whether a prompt is unsafe.</summary>
internal sealed record JudgedPrompt(string Prompt);

/// <summary>Its answer.</summary>
internal sealed record PromptVerdict(bool? Unsafe);
