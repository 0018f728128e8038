using Kinema.Core.Prompts;
using Kinema.Core.Safety;
using Kinema.Prompts.Checks;
using Kinema.Prompts.Endpoint;
using Kinema.Prompts.Guides;
using Kinema.Prompts.Languages;
using Kinema.Prompts.Rules;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Prompts;

public static class ServiceCollectionExtensions
{
    /// <summary>Adds the prompt expander. Needs the outbound guard, media and <see cref="PromptExpansionOptions"/>.</summary>
    public static IServiceCollection AddPromptExpansion(this IServiceCollection services)
    {
        services.AddOptions<PromptExpansionOptions>();
        services.AddSingleton<LanguageTable>();
        services.AddSingleton<PromptGuides>();
        services.AddSingleton<ExpansionCheck>();
        services.AddSingleton<RuleExpander>();
        services.AddSingleton<EndpointPause>();
        services.AddSingleton<ChatClients>();
        services.AddSingleton<EndpointExpander>();
        services.AddSingleton<EndpointProbe>();
        services.AddSingleton<IPromptJudge, EndpointJudge>();
        return services.AddSingleton<IPromptExpander, PromptExpander>();
    }
}
