namespace Kinema.Wan.Tests.Fixtures;

/// <summary>Tests that count the process's tensors or its memory run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CountsTensors
{
    public const string Name = "counts tensors";

    /// <summary>What earlier tests left to the finalizer must not go away while this one counts. At the end nothing is collected, so what is left shows.</summary>
    public static long AfterCollection()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return torch.Tensor.TotalCount;
    }
}
