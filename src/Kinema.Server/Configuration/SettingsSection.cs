using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Server.Configuration;

/// <summary>A settings section and its options class.</summary>
internal sealed record SettingsSection(string Name, Type OptionsType, Func<IConfiguration, object> Read, Action<IServiceCollection, IConfiguration> Register)
{
    public static SettingsSection For<TOptions>(string name)
        where TOptions : class, new() => new(
            name,
            typeof(TOptions),
            configuration =>
            {
                var options = new TOptions();
                configuration.GetSection(name).Bind(options);
                return options;
            },
            (services, configuration) => services.AddOptions<TOptions>().Bind(configuration.GetSection(name)).ValidateOnStart());
}
