using Kinema.Client;
using Kinema.Sample;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

if (args is not [var photograph, var prompt, var video])
{
    Console.Error.WriteLine("Usage: Kinema.Sample PHOTOGRAPH PROMPT VIDEO");
    return 2;
}

var builder = Host.CreateApplicationBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddKinemaClient(o =>
{
    o.BaseAddress = new Uri(builder.Configuration["KINEMA_SERVER"] ?? "http://127.0.0.1:8080");
    o.ApiKey = builder.Configuration["KINEMA_KEY"];
});
builder.Services.AddTransient<VideoMaker>();
using var host = builder.Build();

// Ctrl+C cancels the run on the server, too.
using var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    interrupt.Cancel();
};

try
{
    await host.Services.GetRequiredService<VideoMaker>().MakeAsync(photograph, prompt, video, interrupt.Token);
    return 0;
}
catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
{
    Console.Error.WriteLine("Canceled.");
    return 130;
}
catch (RunFailedException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
catch (KinemaException e)
{
    // The errors name field, value and what is allowed.
    Console.Error.WriteLine($"{e.Code}: {e.Message} (request {e.RequestId})");
    foreach (var error in e.Errors)
        Console.Error.WriteLine($"  {error.Message}");
    return 1;
}
