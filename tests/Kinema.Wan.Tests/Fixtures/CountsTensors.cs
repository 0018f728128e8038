namespace Kinema.Wan.Tests.Fixtures;

/// <summary>Tests that count the process's tensors or its memory run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CountsTensors
{
    public const string Name = "counts tensors";
}
