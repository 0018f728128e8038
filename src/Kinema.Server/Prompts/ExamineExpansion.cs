using Kinema.Prompts;
using Kinema.Prompts.Endpoint;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Prompts;

/// <summary>Says how prompts are expanded with the server's settings, and whether their endpoint answers.</summary>
internal static class ExamineExpansion
{
    /// <returns>How, and what is wrong with it or null.</returns>
    public static async Task<(string How, string? Problem)> HandleAsync(IServiceProvider services, CancellationToken ct)
    {
        var options = services.GetRequiredService<IOptions<PromptExpansionOptions>>().Value;
        var rules = options.Rules ? "by rules of this server" : "not at all";
        return options.Endpoint is { } endpoint
            ? ($"by {options.Model} at {endpoint.Host}{(options.SendPicture ? ", with the picture" : "")}; else {rules}", await services.GetRequiredService<EndpointProbe>().FindProblemAsync(ct))
            : ($"{rules}; nothing is sent elsewhere", null);
    }
}
