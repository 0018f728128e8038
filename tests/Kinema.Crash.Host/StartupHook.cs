using System.Diagnostics;
using System.Globalization;

/// <summary>
/// A startup hook of .NET: a program that runs with this assembly in <c>DOTNET_STARTUP_HOOKS</c> notes its memory in the folder <c>KINEMA_MEMORY_LOG</c>, twice a minute: seconds
/// since its start, bytes resident that belong to no file, and bytes of live managed objects.
/// </summary>
internal static class StartupHook
{
    private const int Kilobyte = 1024;
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(30);

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("KINEMA_MEMORY_LOG") is not { } folder)
            return;

        var program = Path.GetFileNameWithoutExtension(Environment.GetCommandLineArgs()[0]);
        _ = Task.Run(() => NoteAsync(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{program}.{Environment.ProcessId}"))));
    }

    private static async Task NoteAsync(string path)
    {
        var began = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(_interval);
        while (await timer.WaitForNextTickAsync())
        {
            // Before the collection, which would give memory back that the program keeps when nobody looks.
            var resident = Resident();
            var live = GC.GetTotalMemory(forceFullCollection: true);
            await File.AppendAllTextAsync(path, string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(began).TotalSeconds:0} {resident} {live}\n"));
        }
    }

    private static long Resident() => File.ReadLines("/proc/self/status")
        .Where(line => line.StartsWith("RssAnon:", StringComparison.Ordinal) || line.StartsWith("RssShmem:", StringComparison.Ordinal))
        .Sum(line => Kilobyte * long.Parse(line.Split(':')[1].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture));
}
