using System.Diagnostics;
using System.Net;

namespace Kinema.Crash.Tests;

/// <summary>A network of its own with one wire to this machine, as far away as another machine: <c>ip netns</c>.</summary>
internal sealed class NetworkNamespace : IAsyncDisposable
{
    private readonly string _name;

    private NetworkNamespace(string name, IPAddress here) => (_name, Here) = (name, here);

    /// <summary>This machine's address on the wire.</summary>
    public IPAddress Here { get; }

    /// <returns>Null where this process may not make one.</returns>
    public static async Task<NetworkNamespace?> TryCreateAsync(CancellationToken ct)
    {
        var number = Environment.ProcessId % 16_000;
        var (name, wire) = ($"kinema-{number}", $"kw{number}");
        var (here, there) = ($"10.213.{number / 64}.{(number % 64 * 4) + 1}", $"10.213.{number / 64}.{(number % 64 * 4) + 2}");
        var made = new NetworkNamespace(name, IPAddress.Parse(here));
        string[][] steps =
        [
            ["netns", "add", name],
            ["link", "add", wire, "type", "veth", "peer", "name", "far", "netns", name],
            ["addr", "add", $"{here}/30", "dev", wire],
            ["link", "set", wire, "up"],
            ["-n", name, "addr", "add", $"{there}/30", "dev", "far"],
            ["-n", name, "link", "set", "far", "up"],
            ["-n", name, "link", "set", "lo", "up"],
        ];
        foreach (var step in steps)
        {
            if (!await TryIpAsync(step, ct))
            {
                await made.DisposeAsync();
                return null;
            }
        }

        return made;
    }

    /// <summary>What starts a program there that sees an empty folder where a real one is.</summary>
    public IReadOnlyList<string> Enter(string hiddenFolder) =>
        ["ip", "netns", "exec", _name, "unshare", "--mount", "sh", "-c", "mount -t tmpfs none \"$0\" && exec \"$@\"", hiddenFolder];

    public async ValueTask DisposeAsync() => await TryIpAsync(["netns", "del", _name], CancellationToken.None);

    private static async Task<bool> TryIpAsync(string[] arguments, CancellationToken ct)
    {
        try
        {
            using var ip = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
            await ip.WaitForExitAsync(ct);
            return ip.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
