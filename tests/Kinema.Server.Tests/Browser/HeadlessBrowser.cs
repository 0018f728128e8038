using System.Diagnostics;
using System.Globalization;
using Kinema.TestSupport;

namespace Kinema.Server.Tests.Browser;

/// <summary>Chromium without a window, with a profile of its own, that shows one page.</summary>
internal sealed class HeadlessBrowser : IDisposable
{
    private static readonly string[] _names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

    private readonly TemporaryFolder _profile = new();
    private readonly Process _process;

    private HeadlessBrowser(string program, Uri page)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        string[] arguments =
        [
            "--headless", "--disable-background-networking", "--disable-component-update", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage", "--remote-debugging-port=0", "--no-proxy-server",
            $"--user-data-dir={_profile.FullPath}", page.AbsoluteUri,
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        // Chromium's sandbox does not start for root, as in a container.
        if (Environment.UserName == "root")
            start.ArgumentList.Insert(0, "--no-sandbox");
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The program, or null where no browser is installed.</summary>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => _names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>The port of its debugger, once it has one.</summary>
    public async Task<int> ReadDebuggerPortAsync(CancellationToken ct)
    {
        var file = Path.Combine(_profile.FullPath, "DevToolsActivePort");
        while (true)
        {
            if (File.Exists(file) && (await File.ReadAllLinesAsync(file, ct)) is [var port, ..])
                return int.Parse(port, CultureInfo.InvariantCulture);
            await Task.Delay(50, ct);
        }
    }

    public static HeadlessBrowser Open(string program, Uri page) => new(program, page);

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _profile.Dispose();
    }
}
