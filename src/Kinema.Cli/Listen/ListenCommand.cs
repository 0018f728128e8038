using System.CommandLine;
using System.Text;
using System.Text.Json;
using Kinema.Cli.Output;
using Kinema.Client;
using Spectre.Console;

namespace Kinema.Cli.Listen;

/// <summary><c>kinema listen</c>: receives callbacks during development; prints each with its signature status.</summary>
internal static class ListenCommand
{
    public static Command Create(Terminal terminal)
    {
        var port = new Option<int>("--port") { HelpName = "PORT", Description = "Port on 127.0.0.1; 0 takes a free one.", DefaultValueFactory = _ => 9090 };
        port.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<int>() is < 0 or > 65_535)
                r.AddError("--port must be from 0 to 65535.");
        });
        var secrets = new Option<string[]>("--secret")
        {
            HelpName = "SECRET",
            Description = "Verify with this secret, and answer 401 where it did not sign or signed more than 5 minutes ago; may be repeated.",
            DefaultValueFactory = _ => [],
        };
        var count = new Option<int?>("--count") { HelpName = "N", Description = "Stop after so many callbacks (default: at Ctrl+C)." };

        var command = new Command("listen", "Receives callbacks on this machine, verifies them and prints them.") { port, secrets, count };
        command.SetAction(async (parsed, ct) =>
        {
            await using var receiver = await CallbackReceiver.StartAsync(parsed.GetValue(port), CreateVerifier(parsed.GetRequiredValue(secrets)), ct);
            PrintAddress(terminal, receiver);
            try
            {
                var left = parsed.GetValue(count) ?? int.MaxValue;
                await foreach (var callback in receiver.Received.ReadAllAsync(ct))
                {
                    if (parsed.WantsJson())
                        terminal.WriteJsonLine(AsJson(callback));
                    else
                        Print(terminal, callback);
                    if (--left <= 0)
                        break;
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                // Ctrl+C is the normal end of this command.
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static CallbackVerifier? CreateVerifier(string[] secrets)
    {
        try
        {
            return secrets.Length == 0 ? null : new CallbackVerifier(secrets);
        }
        catch (ArgumentException)
        {
            throw new CommandFailure(ExitCodes.Usage, "--secret must be whsec_ followed by base64, as `kinema secrets create` shows it; was it copied whole?");
        }
    }

    private static void PrintAddress(Terminal terminal, CallbackReceiver receiver)
    {
        terminal.ErrorConsole.MarkupLineInterpolated($"Listening on [bold]{receiver.Address.GetLeftPart(UriPartial.Authority)}[/]; give that as callback_url. Ctrl+C stops.");
        terminal.ErrorConsole.MarkupLineInterpolated($"[grey]The server must be allowed to call it: --set Outbound:Callbacks:Allow:0=127.0.0.0/8:{receiver.Address.Port}[/]");
        if (receiver.Verifier is null)
            terminal.ErrorConsole.MarkupLine("[grey]No --secret: signatures are not checked.[/]");
    }

    private static object AsJson(ReceivedCallback callback) => new
    {
        ReceivedAt = callback.At,
        callback.RequestId,
        Signature = callback.Signature.ToString().ToLowerInvariant(),
        Body = callback.Callback is null ? (object)Encoding.UTF8.GetString(callback.Body) : JsonElement.Parse(callback.Body),
    };

    private static void Print(Terminal terminal, ReceivedCallback callback)
    {
        var (mark, color) = callback.Signature switch
        {
            SignatureStatus.Valid => ("signature valid", "green"),
            SignatureStatus.Unchecked => ("signature not checked", "grey"),
            SignatureStatus.Missing => ("signature missing", "red"),
            _ => ("signature wrong or too old", "red"),
        };
        var what = callback.Callback is { } c ? $"{c.Event} {c.RunId}" : "not a callback";
        terminal.OutConsole.MarkupLineInterpolated($"{callback.At:HH:mm:ss} [bold]{what}[/]");
        terminal.OutConsole.MarkupLine($"  [{color}]{mark}[/]");
        if (callback.Callback?.Output?.Outputs is [var output, ..])
            terminal.Out.WriteLine($"  {output.Url}");
        else if (callback.Callback is null)
            terminal.Out.WriteLine($"  {Encoding.UTF8.GetString(callback.Body.AsSpan(0, Math.Min(callback.Body.Length, 400)))}");
    }
}
