namespace Kinema.Wan.Tests.Pipelines;

/// <summary>Tests that measure the whole process.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
