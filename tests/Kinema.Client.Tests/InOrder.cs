namespace Kinema.Client.Tests;

/// <summary><see cref="Progress{T}"/> reports on other threads, in any order.</summary>
internal sealed class InOrder(Action<RunEvent> see) : IProgress<RunEvent>
{
    public void Report(RunEvent value) => see(value);
}
