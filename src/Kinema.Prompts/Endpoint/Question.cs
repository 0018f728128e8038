namespace Kinema.Prompts.Endpoint;

/// <summary>What a language model is given: data about the wanted video, as JSON. Nothing in it is an instruction.</summary>
internal sealed record Question(string Prompt, string? NegativePrompt, int DurationSeconds, string? Framing, string? Light, string? Colours);

/// <param name="Addition">Text to stand after the prompt.</param>
internal sealed record Answer(string Addition);
