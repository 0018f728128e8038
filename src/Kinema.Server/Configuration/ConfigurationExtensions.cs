using Kinema.Core.Admission;
using Kinema.Core.Catalog;
using Kinema.Server.Lifecycle;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Configuration;

internal static class ConfigurationExtensions
{
    /// <summary>
    /// Reads files, then the environment, then the caller's own settings; the later value wins. An unknown or invalid setting ends the start.
    /// </summary>
    /// <exception cref="SettingsException">A setting cannot be used.</exception>
    public static WebApplicationBuilder AddKinemaConfiguration(this WebApplicationBuilder builder, KinemaServerOptions options)
    {
        var dataFolder = Path.GetFullPath(options.DataFolder);
        builder.Configuration.Sources.Clear();
        builder.Configuration
            .AddJsonFile(Path.Combine(builder.Environment.ContentRootPath, "appsettings.json"), optional: true, reloadOnChange: false)
            .AddJsonFile(Path.Combine(dataFolder, "appsettings.json"), optional: true, reloadOnChange: false)
            .AddEnvironmentVariables("Kinema__")
            .AddInMemoryCollection(SettingArguments.Parse(options.Settings))
            .AddInMemoryCollection([KeyValuePair.Create<string, string?>("Data:Path", dataFolder)]);

        var renamed = RenamedSettings.Find(builder.Configuration);
        var conflicts = RenamedSettings.FindConflicts(builder.Configuration).ToList();
        builder.Configuration.AddInMemoryCollection(RenamedSettings.ToNewNames(builder.Configuration, renamed));
        builder.Services.AddSingleton(new RenamedSettingsWarning.Settings(renamed));

        IReadOnlyList<string> problems = [.. conflicts, .. SettingsValidator.Find(builder.Configuration, KinemaSections.All)];
        if (problems.Count == 0)
            problems = [.. KinemaSections.All.SelectMany(section => AnnotationValidator.Find(section.Name, section.Read(builder.Configuration)))];
        if (problems.Count > 0)
            throw new SettingsException(problems);

        foreach (var section in KinemaSections.All)
            section.Register(builder.Services, builder.Configuration);
        return builder;
    }

    /// <summary>Runs the rules that libraries registered for their options and reads the manifests, before anything is opened.</summary>
    /// <exception cref="SettingsException">A setting breaks a rule, or a manifest cannot be served.</exception>
    public static WebApplication ValidateSettings(this WebApplication app)
    {
        try
        {
            app.Services.GetService<IStartupValidator>()?.Validate();
            app.Services.GetRequiredService<ICatalog>();
            app.Services.GetRequiredService<ModelBindings>();
            return app;
        }
        catch (OptionsValidationException e)
        {
            throw new SettingsException([.. e.Failures]);
        }
        catch (ManifestException e)
        {
            throw new SettingsException([$"Server:CatalogFolder: {e.Message}"]);
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            throw new SettingsException([.. e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures)]);
        }
    }
}
