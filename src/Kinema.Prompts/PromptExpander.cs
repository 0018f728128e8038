using Kinema.Core.Prompts;
using Kinema.Engines;
using Kinema.Media;
using Kinema.Prompts.Checks;
using Kinema.Prompts.Endpoint;
using Kinema.Prompts.Guides;
using Kinema.Prompts.Languages;
using Kinema.Prompts.Pictures;
using Kinema.Prompts.Rules;
using Microsoft.Extensions.Options;

namespace Kinema.Prompts;

/// <summary>Expands by the operator's language model where one is set, else by rules. Either way the result is verified.</summary>
internal sealed class PromptExpander(
    IOptions<PromptExpansionOptions> options,
    LanguageTable languages,
    PromptGuides guides,
    RuleExpander rules,
    EndpointExpander endpoint,
    ExpansionCheck check,
    ISmallCopies copies) : IPromptExpander
{
    private const string UnknownLanguage = "its language is none that an expansion can be verified in";
    private const string NothingToAdd = "there was nothing to add";

    public PromptExpansionEstimate Estimate(PromptToExpand prompt)
    {
        if (prompt.Engine?.ExpandsPrompts == true)
            return new(PromptExpanders.Engine, default);
        if (languages.Detect(prompt.Prompt) is not { } language)
            return new(PromptExpanders.None, default);

        var most = endpoint.IsFor(prompt.Engine) ? endpoint.CostAtMost(prompt, language, GuideOf(prompt)) : default;
        return endpoint.IsFor(prompt.Engine) && most.Micros <= endpoint.MaxCost.Micros
            ? new(PromptExpanders.Endpoint, most)
            : new(options.Value.Rules ? PromptExpanders.Rules : PromptExpanders.None, default);
    }

    public async Task<PromptExpansion> ExpandAsync(PromptToExpand prompt, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (prompt.Engine?.ExpandsPrompts == true)
            return new(null, PromptExpanders.Engine);
        if (!options.Value.Rules && !endpoint.IsFor(prompt.Engine))
            return PromptExpansion.AsAsked();
        if (languages.Detect(prompt.Prompt) is not { } language)
            return PromptExpansion.AsAsked(UnknownLanguage);

        var picture = Look(prompt);
        if (!endpoint.IsFor(prompt.Engine))
            return ByRules(prompt, language, picture, note: null);

        if (endpoint.CostAtMost(prompt, language, GuideOf(prompt)) is var most && most.Micros > endpoint.MaxCost.Micros)
            return ByRules(prompt, language, picture, "asking the language model could cost more than one expansion may");

        var allowed = TimeSpan.FromSeconds(options.Value.TimeoutSeconds);
        var reply = await endpoint.AskAsync(prompt, language, GuideOf(prompt), picture, limit < allowed ? limit : allowed, cancellationToken);
        return ByModel(prompt, language, picture, reply) with
        {
            Model = options.Value.Model,
            InputTokens = reply.InputTokens,
            OutputTokens = reply.OutputTokens,
            ProviderCost = reply.Cost,
        };
    }

    private PromptExpansion ByModel(PromptToExpand prompt, Vocabulary language, PictureTraits picture, EndpointReply reply)
    {
        if (reply.Problem is { } problem)
            return ByRules(prompt, language, picture, $"the language model {problem}");
        if (reply.Addition is not { } addition)
            return new(null, PromptExpanders.Endpoint) { Note = NothingToAdd };

        var expanded = Joining.Join(prompt.Prompt, addition, language.Language);
        if (expanded.Length > prompt.MaxCharacters)
            return ByRules(prompt, language, picture, $"with the language model's addition it would have {expanded.Length} characters; the model takes {prompt.MaxCharacters}");

        return check.FindProblem(prompt.Prompt, prompt.NegativePrompt, addition, expanded, language) is { } wrong
            ? ByRules(prompt, language, picture, $"what the language model wrote {wrong}")
            : new(expanded, PromptExpanders.Endpoint);
    }

    /// <param name="note">Why the rules do it, or null.</param>
    private PromptExpansion ByRules(PromptToExpand prompt, Vocabulary language, PictureTraits picture, string? note)
    {
        var expanded = options.Value.Rules ? rules.Expand(prompt, language, GuideOf(prompt), picture) : null;
        return expanded is null
            ? new(null, PromptExpanders.None) { Note = note ?? NothingToAdd }
            : new(expanded, PromptExpanders.Rules) { Note = note };
    }

    private PictureTraits Look(PromptToExpand prompt) =>
        prompt.Media.GetValueOrDefault(MediaRole.FirstFrame) is { } first && copies.Read(first, PictureAnalysis.Side) is { } copy ? PictureAnalysis.Of(copy) : PictureTraits.None;

    private PromptGuide GuideOf(PromptToExpand prompt) => guides.Find(prompt.Engine?.PromptGuide);
}
