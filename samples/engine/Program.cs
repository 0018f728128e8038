using Kinema.Engines;
using Kinema.Sample.Engine;
using Kinema.Server;
using Microsoft.Extensions.DependencyInjection;

if (args is not [var folder, var url])
{
    Console.Error.WriteLine("Usage: Kinema.Sample.Engine DATA_FOLDER URL");
    return 2;
}

// The setting gives new runs to the engine. Without it they go to the built-in one.
var options = new KinemaServerOptions { DataFolder = folder, Urls = [url], Settings = ["Engines:Bindings:0=fade"] };
var server = KinemaServer.Build(options, builder => builder.Services.AddSingleton<IVideoEngine, FadeEngine>());
await server.RunAsync();
return 0;
