using Kinema.Fleets;
using Kinema.Core;
using Kinema.Media;
using Kinema.Motion;
using Kinema.Outbound;
using Kinema.Pages;
using Kinema.Pages.Http;
using Kinema.Playground;
using Kinema.Playground.Models;
using Kinema.Prompts;
using Kinema.Server.Admission;
using Kinema.Server.Assets;
using Kinema.Server.Auth;
using Kinema.Server.Callbacks;
using Kinema.Server.Configuration;
using Kinema.Server.Files;
using Kinema.Server.Hosted;
using Kinema.Server.Idempotency;
using Kinema.Server.Keys;
using Kinema.Server.Lifecycle;
using Kinema.Server.Models;
using Kinema.Server.OpenApi;
using Kinema.Server.Requests;
using Kinema.Server.Runs;
using Kinema.Server.Safety;
using Kinema.Server.Secrets;
using Kinema.Server.Sessions;
using Kinema.Server.Status;
using Kinema.Server.Telemetry;
using Kinema.Server.Unsupported;
using Kinema.Server.Videos;
using Kinema.Server.Workers;
using Kinema.Storage;
using Kinema.Worker;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kinema.Server;

/// <summary>Builds the server.</summary>
public static class KinemaServer
{
    /// <param name="options">Addresses to bind and data folder.</param>
    /// <param name="configure">Runs after all registrations, so that tests and embedding programs can replace services.</param>
    /// <exception cref="SettingsException">A setting is invalid; the message names it.</exception>
    public static WebApplication Build(KinemaServerOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "kinema", ContentRootPath = AppContext.BaseDirectory });

        builder.AddKinemaConfiguration(options);
        builder.AddKinemaHost(options);
        builder.AddTelemetry();
        builder.Services
            .AddLifecycle(options)
            .AddKinemaCore()
            .AddKinemaStorage()
            .AddKinemaOutbound()
            .AddKinemaMedia()
            .AddMotionEngine()
            .AddHostedEngines(builder.Configuration)
            .AddFleets(FleetSettings.Read(builder.Configuration))
            .AddCatalog()
            .AddAdmission()
            .AddSafety(builder.Configuration)
            .AddPromptExpansion()
            .AddKinemaWorker()
            .AddKeyAuthentication()
            .AddIdempotency()
            .AddSignedUrls()
            .AddRunEndpoints()
            .AddVideos()
            .AddReadiness()
            .AddOpenApiDocuments()
            .AddSingleton<IPageAddress>(provider => provider.GetRequiredService<ServerAddress>())
            .AddSingleton(provider => new UploadLimit(provider.GetRequiredService<IOptions<ServerOptions>>().Value.MaxUploadBytes))
            .AddKinemaPages()
            .AddChildWorker()
            .AddSessions()
            .AddKinemaPlayground();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.ValidateSettings();

        app.UseKinemaPipeline();

        var api = app.MapGroup("").CompleteMethods().WithCrossOrigin();
        api.MapModels();
        api.MapRuns();
        api.MapVideos();
        api.MapAssets();
        api.MapCallbackSecrets();
        api.MapCallbackPause();
        api.MapKeys();
        api.MapFiles();
        api.MapStatus();
        api.MapWorkerProtocol();
        api.MapOpenApiDocuments();
        api.MapUnsupported();
        var pages = app.MapGroup("").CompleteMethods();
        pages.MapKinemaPages();
        pages.MapKinemaPlayground();
        return app;
    }
}
