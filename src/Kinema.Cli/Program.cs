using System.Runtime.InteropServices;
using Kinema.Cli;
using Kinema.Cli.Output;

using var interrupted = new CancellationTokenSource();

// The first signal asks the command to end in its own way; a second one is left to the system, which ends the process at once.
void OnSignal(PosixSignalContext signal)
{
    signal.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);

return await CommandLine.RunAsync(args, Terminal.OfProcess(), interrupted.Token);
