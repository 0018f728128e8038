using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Kinema.Cli.Output;

namespace Kinema.Cli.Doctor;

/// <summary>Checks of runtime, data folder, disk and port.</summary>
internal static class EnvironmentChecks
{
    public static Finding CheckRuntime() =>
        Finding.Ok("runtime", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors");

    public static Finding CheckFolder(string folder)
    {
        var existing = NearestExisting(folder);
        var probe = Path.Combine(existing, $".kinema-probe-{Environment.ProcessId}");
        try
        {
            File.WriteAllBytes(probe, [0]);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Finding.Failed("data folder", $"{existing} cannot be written: {e.Message}", "Give this user the folder, or name another with --data.");
        }

        return Finding.Ok("data folder", existing == folder ? folder : $"{folder} (will be made)");
    }

    public static Finding CheckDisk(string folder, long minFreeBytes)
    {
        var free = new DriveInfo(NearestExisting(folder)).AvailableFreeSpace;
        var detail = $"{Wording.Bytes(free)} free";
        if (free < minFreeBytes)
            return Finding.Failed("disk", detail, $"Below Server:MinFreeBytes ({Wording.Bytes(minFreeBytes)}) new runs are refused; make room or lower it.");
        return free < 2 * minFreeBytes
            ? Finding.Warning("disk", detail, $"New runs are refused below {Wording.Bytes(minFreeBytes)} (Server:MinFreeBytes).")
            : Finding.Ok("disk", detail);
    }

    public static Finding CheckPort(Uri url)
    {
        var address = IPAddress.TryParse(url.Host.Trim('[', ']'), out var parsed) ? parsed : IPAddress.Loopback;
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, url.Port));
            return Finding.Ok("port", $"{url.Port} on {url.Host} is free");
        }
        catch (SocketException e)
        {
            return Finding.Warning("port", $"{url.Port} on {url.Host}: {e.Message}", "A server may be running already; for another port: kinema serve --urls http://127.0.0.1:8081");
        }
    }

    private static string NearestExisting(string folder)
    {
        while (!Directory.Exists(folder))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
