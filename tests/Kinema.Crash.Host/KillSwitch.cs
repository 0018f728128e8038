using System.Diagnostics;
using System.Globalization;

namespace Kinema.Crash.Host;

/// <summary>Ends this process by SIGKILL when it reaches a named point for the n-th time. Without <c>KINEMA_CRASH_AT</c> it does nothing.</summary>
internal sealed class KillSwitch(string? point, int countdown)
{
    private int _countdown = countdown;

    public static KillSwitch FromEnvironment() => new(
        Environment.GetEnvironmentVariable("KINEMA_CRASH_AT"),
        int.Parse(Environment.GetEnvironmentVariable("KINEMA_CRASH_COUNT") ?? "1", CultureInfo.InvariantCulture));

    public void Reached(string name)
    {
        if (name != point || Interlocked.Decrement(ref _countdown) != 0)
            return;

        using var self = Process.GetCurrentProcess();
        self.Kill();
        throw new UnreachableException();
    }
}
