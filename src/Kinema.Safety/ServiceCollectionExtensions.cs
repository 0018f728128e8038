using Kinema.Core.Safety;
using Kinema.Safety.Checks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kinema.Safety;

public static class ServiceCollectionExtensions
{
    /// <summary>Adds the safety checker that <see cref="SafetyOptions"/> ask for; none by default. Nothing of ONNX Runtime is touched unless one is configured.</summary>
    public static IServiceCollection AddKinemaSafety(this IServiceCollection services, bool isConfigured)
    {
        services.TryAddSingleton<IPromptJudge, NoPromptJudge>();
        if (!isConfigured)
            return services.AddSingleton<ISafetyChecker, NoSafetyChecker>();

        return services
            .AddSingleton<MediaPictures>()
            .AddSingleton<PromptVerdicts>()
            .AddSingleton<ClassifierHolder>()
            .AddSingleton<ISafetyProbe, SafetyProbe>()
            .AddSingleton<ISafetyChecker, SafetyChecker>()
            .AddHostedService<SafetyStart>();
    }
}
