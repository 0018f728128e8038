using Kinema.Core;
using Kinema.Media;
using Kinema.Motion;
using Kinema.Outbound;
using Kinema.Server.Admission;
using Kinema.Server.Assets;
using Kinema.Server.Auth;
using Kinema.Server.Configuration;
using Kinema.Server.Files;
using Kinema.Server.Keys;
using Kinema.Server.Lifecycle;
using Kinema.Server.Models;
using Kinema.Server.Requests;
using Kinema.Server.Runs;
using Kinema.Server.Secrets;
using Kinema.Server.Status;
using Kinema.Storage;
using Kinema.Worker;
using Microsoft.AspNetCore.Builder;

namespace Kinema.Server;

/// <summary>The whole server, put together.</summary>
public static class KinemaServer
{
    /// <param name="options">Where to listen and where the data lie.</param>
    /// <param name="configure">Runs after every registration, so that a test or an embedding program can replace some.</param>
    /// <exception cref="SettingsException">A setting cannot be used; the message names it.</exception>
    public static WebApplication Build(KinemaServerOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "kinema", ContentRootPath = AppContext.BaseDirectory });

        builder.AddKinemaConfiguration(options);
        builder.AddKinemaHost(options);
        builder.Services
            .AddLifecycle(options)
            .AddKinemaCore()
            .AddKinemaStorage()
            .AddKinemaOutbound()
            .AddKinemaMedia()
            .AddMotionEngine()
            .AddCatalog()
            .AddAdmission()
            .AddKinemaWorker()
            .AddKeyAuthentication()
            .AddSignedUrls()
            .AddRunEndpoints()
            .AddReadiness();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.ValidateSettings();

        app.UseKinemaPipeline();

        app.MapModels();
        app.MapRuns();
        app.MapAssets();
        app.MapCallbackSecrets();
        app.MapKeys();
        app.MapFiles();
        app.MapStatus();
        return app;
    }
}
