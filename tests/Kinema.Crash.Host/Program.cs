// The real server with a paced engine and kill points: Kinema.Crash.Host DATA [Section:Key=Value ...]. Prints its address once it listens, and a worker key.
// Or a worker of such a server, with the same engine: Kinema.Crash.Host worker URL.
using System.Globalization;
using Kinema.Core.Artifacts;
using Kinema.Core.Callbacks;
using Kinema.Core.Keys;
using Kinema.Core.Runs;
using Kinema.Crash.Host;
using Kinema.Engines;
using Kinema.Outbound;
using Kinema.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var killSwitch = KillSwitch.FromEnvironment();
var pace = TimeSpan.FromMilliseconds(int.Parse(Environment.GetEnvironmentVariable("KINEMA_CRASH_FRAME_MS") ?? "10", CultureInfo.InvariantCulture));

if (args[0] == "worker")
    return await RemoteWorker.RunAsync(new Uri(args[1]), new PacedEngine(killSwitch, pace));

// Disposed at the end, as `kinema serve` does: an orderly end closes the store.
await using var app = KinemaServer.Build(
    new KinemaServerOptions { Urls = ["http://127.0.0.1:0"], DataFolder = args[0], Settings = args[1..] },
    builder =>
    {
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.RemoveAll<IVideoEngine>();
        builder.Services.AddSingleton<IVideoEngine>(new PacedEngine(killSwitch, pace));
        builder.Services.Decorate<IRunLedger>(inner => new KillableRunLedger(inner, killSwitch));
        builder.Services.Decorate<IWorkerLedger>(inner => new KillableWorkerLedger(inner, killSwitch));
        builder.Services.Decorate<ICallbackComposer>(inner => new KillableComposer(inner, killSwitch));
        builder.Services.Decorate<IArtifactStore>(inner => new KillableArtifactStore(inner, killSwitch));
        builder.Services.Decorate<ICallbackSender>(inner => new KillableCallbackSender(inner, killSwitch));
    });

await app.StartAsync();
if (args.Contains("Worker:Enabled=false"))
    Console.WriteLine((await app.Services.GetRequiredService<IWorkerKeys>().CreateAsync(new NewWorkerKey("crash", ["motion"], ExpiresAt: null), CancellationToken.None)).Token);
Console.WriteLine(app.Urls.First());
await app.WaitForShutdownAsync();
return 0;
