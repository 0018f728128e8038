namespace Kinema.Wan.Tests.Checkpoints;

internal static class TensorEquality
{
    /// <summary>Same type, same shape, same numbers.</summary>
    public static bool IsSameAs(this torch.Tensor actual, torch.Tensor expected)
    {
        using var scope = torch.NewDisposeScope();
        return actual.dtype == expected.dtype && actual.shape.SequenceEqual(expected.shape) && actual.eq(expected).all().item<bool>();
    }
}
