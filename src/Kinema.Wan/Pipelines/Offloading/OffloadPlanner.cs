namespace Kinema.Wan.Pipelines.Offloading;

/// <summary>Chooses between keeping all components on the device and loading them in turn.</summary>
internal static class OffloadPlanner
{
    /// <param name="sizes">The sizes of all components.</param>
    /// <param name="budget">The user's limit; null uses the free memory.</param>
    /// <param name="free">Returns the free memory; called only without a budget.</param>
    /// <param name="reserve">Bytes of the free memory to reserve for activations.</param>
    public static WanOffloadPlan Choose(IReadOnlyCollection<ComponentSize> sizes, long? budget, Func<long?> free, long reserve)
    {
        var weights = sizes.Sum(size => size.OnDevice);
        var available = budget is null ? free() : null;
        var room = budget ?? (available is { } bytes ? Math.Max(0, bytes - reserve) : null);
        var fits = room is null || weights <= room;
        return new()
        {
            AllResident = fits,
            WeightBytes = weights,
            MappedBytes = sizes.Sum(size => size.Mapped),
            FreeBytes = available,
            ReserveBytes = budget is null ? reserve : 0,
            BudgetBytes = fits && budget is null ? null : room,
        };
    }
}
