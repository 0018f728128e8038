using System.Runtime.InteropServices;
using Kinema.Cli;
using Kinema.Cli.Output;

using var interrupted = new CancellationTokenSource();

// The first signal cancels the command; a second signal ends the process at once.
void OnSignal(PosixSignalContext signal)
{
    signal.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);

NativeHeap.Limit();
_ = NativeHeap.TrimAsync(interrupted.Token);
return await CommandLine.RunAsync(args, Terminal.OfProcess(), interrupted.Token);
