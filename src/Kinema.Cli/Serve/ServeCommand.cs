using System.CommandLine;
using Kinema.Cli.Output;
using Kinema.Server;
using Kinema.Server.Lifecycle;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinema.Cli.Serve;

/// <summary><c>kinema serve</c>: runs the server until it is stopped.</summary>
internal static class ServeCommand
{
    public static Command Create(Terminal terminal)
    {
        var urls = new Option<string[]>("--urls")
        {
            HelpName = "URL",
            Description = "Addresses to bind, http, or https with Server:CertificatePath; several with ; or by repeating (default: http://127.0.0.1:8080).",
            DefaultValueFactory = _ => [],
        };
        urls.Validators.Add(r =>
        {
            foreach (var url in Split(r.GetValueOrDefault<string[]>()))
            {
                if (!url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !url.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
                    r.AddError($"--urls takes http and https addresses such as http://127.0.0.1:8080; got '{url}'.");
            }
        });
        var (data, set) = (CommonOptions.Data(), CommonOptions.Set());

        var command = new Command("serve", "Serves the HTTP API and works on its runs.") { urls, data, set };
        command.SetAction(async (parsed, ct) =>
        {
            var start = new KinemaServerOptions
            {
                Urls = Split(parsed.GetValue(urls)),
                DataFolder = parsed.DataFolder(data, terminal),
                Settings = parsed.GetRequiredValue(set),
            };

            // The command line prints a failed start in one line; the host would log it with a stack trace first.
            var started = false;
            await using var app = KinemaServer.Build(
                start, builder => builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => started && level >= LogLevel.Warning));
            await app.StartAsync(ct);
            started = true;
            PrintAddress(app, start, terminal, parsed.WantsJson());
            await app.WaitForShutdownAsync(ct);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static string[] Split(string[]? urls) =>
        [.. (urls ?? []).SelectMany(u => u.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static void PrintAddress(WebApplication app, KinemaServerOptions start, Terminal terminal, bool json)
    {
        var addresses = app.Urls;
        var first = app.Services.GetRequiredService<FirstKey>();
        if (json)
        {
            terminal.WriteJsonLine(new { urls = addresses, data = start.DataFolder, first_key_file = first.Path });
            return;
        }

        terminal.OutConsole.WriteFacts(
            ("url", string.Join(", ", addresses)),
            ("data", terminal.Shorten(start.DataFolder)),
            ("key", KeyLine(first, terminal)),
            ("open", LinkLine(first, terminal)));
        terminal.OutConsole.WriteFacts(("stop", "Ctrl+C"));
    }

    // Who has the link is signed in, so it never goes into a pipe either.
    private static string? LinkLine(FirstKey first, Terminal terminal) =>
        first.SignInLink is { } link && terminal.IsOutputInteractive ? $"{link.AbsoluteUri}  (signs you in once, for 10 minutes)" : null;

    // The key is printed only on a terminal, never into a pipe, where it could end up in a log.
    private static string? KeyLine(FirstKey first, Terminal terminal) => first switch
    {
        { Token: null } => null,
        { Token: { } token, Path: { } path } when terminal.IsOutputInteractive => $"{token}  (shown once; kept in {terminal.Shorten(path)})",
        _ => $"made; it is kept in {terminal.Shorten(first.Path!)}",
    };
}
