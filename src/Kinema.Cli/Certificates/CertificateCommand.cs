using System.CommandLine;
using Kinema.Cli.Output;
using Kinema.Storage.Disk;

namespace Kinema.Cli.Certificates;

/// <summary><c>kinema certificate</c>: makes a certificate for trying https on this machine.</summary>
internal static class CertificateCommand
{
    private const int Days = 365;

    private static readonly string[] _local = ["localhost", "127.0.0.1", "::1"];

    public static Command Create(Terminal terminal)
    {
        var hosts = new Option<string[]>("--host")
        {
            HelpName = "NAME",
            Description = "Another host name or address that it is for; may be repeated.",
            DefaultValueFactory = _ => [],
        };
        hosts.Validators.Add(r =>
        {
            foreach (var host in r.GetValueOrDefault<string[]>().Where(host => Uri.CheckHostName(host) == UriHostNameType.Unknown))
                r.AddError($"--host takes a host name or an address such as video.local; got '{host}'.");
        });
        var output = new Option<string>("--output", "-o") { HelpName = "FILE", Description = "File to write.", DefaultValueFactory = _ => "localhost.pem" };

        var command = new Command("certificate", $"Makes a self-signed certificate for https on localhost, valid for {Days} days. For tests; use a real one in public.") { hosts, output };
        command.SetAction(parsed =>
        {
            var path = terminal.Resolve(parsed.GetRequiredValue(output));
            string[] names = [.. _local, .. parsed.GetRequiredValue(hosts)];
            Write(path, DevelopmentCertificate.Create(names, TimeProvider.System.GetUtcNow(), Days));
            if (parsed.WantsJson())
                terminal.WriteJson(new { path, hosts = names });
            else
                terminal.OutConsole.WriteFacts(("certificate", terminal.Shorten(path)), ("for", string.Join(", ", names)), ("use", Usage(terminal.Shorten(path))));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static string Usage(string path) => $"kinema serve --urls https://localhost:8443 --set Server:CertificatePath={path}";

    private static void Write(string path, string text)
    {
        try
        {
            using var file = new StreamWriter(PrivateFile.Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.None));
            file.Write(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCodes.Failed, File.Exists(path) ? $"{path} exists; name another file with -o or delete it." : $"{path} cannot be written: {e.Message}");
        }
    }
}
