using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Kinema.Benchmarks;

/// <summary>
/// A process with an empty ASP.NET Core route in front of <see cref="RawWriter"/> with group commit: what a create costs at least over HTTP. A get is answered
/// at once with as much text as a run's record.
/// </summary>
internal sealed class RawHost : IAsyncDisposable
{
    /// <summary>First argument of the child process.</summary>
    public const string Child = "raw-host";

    private const int RecordBytes = 1500;

    private readonly Process _process;

    private RawHost(Process process, Uri baseAddress)
    {
        _process = process;
        BaseAddress = baseAddress;
    }

    public Uri BaseAddress { get; }

    public static async Task<RawHost> StartAsync(string folder)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(RawHost).Assembly.Location, Child, folder]) { RedirectStandardOutput = true })!;
        return new(process, new Uri((await process.StandardOutput.ReadLineAsync())!));
    }

    /// <summary>Runs in the child: serves until the process is ended.</summary>
    public static async Task ChildAsync(TextWriter output, string folder)
    {
        await using var writer = new RawWriter(folder, groupCommit: true);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        var record = new string(' ', RecordBytes);
        app.Run(async context =>
        {
            if (HttpMethods.IsGet(context.Request.Method))
            {
                await context.Response.WriteAsync(record);
                return;
            }

            // The body is read, as any server must.
            await context.Request.Body.CopyToAsync(Stream.Null);
            var id = await writer.CreateAsync();
            context.Response.StatusCode = StatusCodes.Status201Created;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync($$"""{"id":"{{id}}"}""");
        });
        await app.StartAsync();
        await output.WriteLineAsync(app.Urls.First());
        await Task.Delay(Timeout.Infinite);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
