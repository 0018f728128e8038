using System.Globalization;

namespace Kinema.Wan.Pipelines.Offloading;

/// <summary>Memory of the machine, or of the container's limit.</summary>
internal static class SystemMemory
{
    /// <summary>Returns the memory that is available without evicting anything but cached files.</summary>
    public static long? FreeBytes()
    {
        // The runtime knows the limits of containers, but reports nothing before the first collection.
        var info = GC.GetGCMemoryInfo(GCKind.Any);
        if (info.TotalAvailableMemoryBytes == 0)
        {
            GC.Collect(0, GCCollectionMode.Forced, blocking: true);
            info = GC.GetGCMemoryInfo(GCKind.Any);
        }

        var limit = info.TotalAvailableMemoryBytes;
        if (!OperatingSystem.IsLinux())
            return Math.Max(0, limit - info.MemoryLoadBytes);
        return Read("/proc/meminfo", "MemAvailable:") is { } available
            ? Math.Max(0, Math.Min(available, limit - (Read("/proc/self/status", "RssAnon:") ?? 0)))
            : null;
    }

    // Example line: "MemAvailable:   23456 kB".
    private static long? Read(string file, string name)
    {
        try
        {
            var line = File.ReadLines(file).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal));
            return line is null ? null : 1024 * long.Parse(line[name.Length..^2], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }
}
