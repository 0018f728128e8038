namespace Kinema.Wan.Tests.Fixtures;

/// <summary>Collects garbage and runs finalizers continuously on its own thread until it is disposed. Its tests run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CollectsGarbage : IDisposable
{
    public const string Name = "collects garbage";

    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;

    private CollectsGarbage()
    {
        _thread = new(Collect) { IsBackground = true };
        _thread.Start();
    }

    public static CollectsGarbage WithoutPause() => new();

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _stop.Dispose();
    }

    private void Collect()
    {
        while (!_stop.IsCancellationRequested)
        {
            GC.Collect(0);
            GC.WaitForPendingFinalizers();
        }
    }
}
