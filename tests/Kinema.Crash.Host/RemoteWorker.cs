using System.Runtime.InteropServices;
using Kinema.Engines;
using Kinema.Worker;
using Kinema.Worker.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kinema.Crash.Host;

/// <summary>A worker in a process of its own.</summary>
internal static class RemoteWorker
{
    public static async Task<int> RunAsync(Uri server, IVideoEngine engine)
    {
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        var refusal = await RemoteWorkerHost.RunAsync(
            services => services
                .AddSingleton(engine)
                .Configure<RemoteWorkerOptions>(o =>
                {
                    o.Server = server;
                    o.Insecure = true;
                    o.Key = Environment.GetEnvironmentVariable("KINEMA_WORKER_KEY");
                    o.ScratchFolder = Environment.GetEnvironmentVariable("KINEMA_CRASH_SCRATCH");
                })
                .Configure<WorkerOptions>(o => o.Concurrency = 2),
            log => log.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Information).AddFilter("System.Net.Http", LogLevel.Warning).AddFilter("Polly", LogLevel.Error),
            stop.Token);
        if (refusal is not null)
            Console.Error.WriteLine(refusal);
        return refusal is null ? 0 : 1;
    }
}
