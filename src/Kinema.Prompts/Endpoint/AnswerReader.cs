using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Kinema.Prompts.Endpoint;

/// <summary>Reads the addition out of an answer.</summary>
internal static class AnswerReader
{
    /// <returns>The addition, or what is wrong with the answer, to follow "the language model"; both null if there is nothing to add.</returns>
    public static (string? Addition, string? Problem) Read(ChatResponse response, int maxCharacters)
    {
        if (response.FinishReason == ChatFinishReason.Length)
            return (null, "did not end its answer within the allowed tokens");
        if (response.FinishReason == ChatFinishReason.ContentFilter || response.Messages.Any(message => message.Contents.OfType<ErrorContent>().Any()))
            return (null, "refused to answer");
        if (Parse(Unfenced(response.Text)) is not { } addition)
            return (null, "answered with something else than the JSON that was asked for");

        // Line breaks between sentences are spaces.
        var text = string.Join(' ', addition.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length > maxCharacters ? (null, $"wrote {text.Length} characters; {maxCharacters} are allowed") : text.Length == 0 ? (null, null) : (text, null);
    }

    private static string? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, PromptsJson.Default.Answer)?.Addition;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Many models put JSON into a Markdown fence.</summary>
    internal static string Unfenced(string text)
    {
        var trimmed = text.Trim();
        if (!trimmed.StartsWith("```", StringComparison.Ordinal) || !trimmed.EndsWith("```", StringComparison.Ordinal) || trimmed.IndexOf('\n', StringComparison.Ordinal) is var end && end < 0)
            return trimmed;
        return trimmed[(end + 1)..^3];
    }
}
