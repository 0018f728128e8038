using Kinema.Core.Pricing;

namespace Kinema.Prompts.Endpoint;

/// <summary>What expansions cost at the operator's provider. A price of dollars for a million tokens is one of micro-dollars for a token.</summary>
internal sealed class EndpointPrice(PromptExpansionOptions options)
{
    /// <summary>Roles and separators of the messages.</summary>
    private const int Overhead = 64;

    /// <summary>A token has at least one byte of the text.</summary>
    public Money AtMost(int textBytes, bool hasPicture) => Of(textBytes + Overhead + (hasPicture ? options.PictureTokens : 0), options.MaxTokens);

    public Money Of(long inputTokens, long outputTokens) =>
        new((long)Math.Min(long.MaxValue / 2, Math.Ceiling((Math.Max(0, inputTokens) * options.InputPrice) + (Math.Max(0, outputTokens) * options.OutputPrice))));
}
