using System.Diagnostics;
using System.Globalization;

namespace Kinema.Media.Ffmpeg;

/// <summary>Creates start information for restricted processes: no shell, empty environment, memory and CPU limits, own session.</summary>
internal static class ProcessLauncher
{
    /// <summary>Returns the full path of a program, or null if it does not exist.</summary>
    public static string? FindOnPath(string program)
    {
        if (program.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return File.Exists(program) ? Path.GetFullPath(program) : null;

        return (Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
    }

    /// <remarks>Both wrappers exec the program, so killing the started process kills the program.</remarks>
    public static ProcessStartInfo CreateStartInfo(string fullPath, IEnumerable<string> arguments, int memoryLimitMiB, int cpuSecondsLimit)
    {
        List<string> command = [];
        // Own session: Ctrl-C on the server must not kill an encoder that the server drains.
        if (FindOnPath("setsid") is { } setsid)
            command.Add(setsid);
        // Work that needs limits takes all processors for minutes, and requests must not wait for it. Without limits it is a question about the
        // program, which must be answered in time beside such work.
        if (cpuSecondsLimit > 0 && FindOnPath("nice") is { } nice)
            command.AddRange([nice, "-n", "10"]);
        if ((memoryLimitMiB > 0 || cpuSecondsLimit > 0) && FindOnPath("prlimit") is { } prlimit)
            command.AddRange([prlimit, .. Limits(memoryLimitMiB, cpuSecondsLimit), "--"]);
        command.Add(fullPath);
        command.AddRange(arguments);

        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    private static IEnumerable<string> Limits(int memoryLimitMiB, int cpuSecondsLimit)
    {
        yield return "--core=0";
        if (memoryLimitMiB > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"--as={(long)memoryLimitMiB << 20}");
        if (cpuSecondsLimit > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"--cpu={cpuSecondsLimit}");
    }
}
