namespace Kinema.Wan.Pipelines.Offloading;

/// <summary>Chooses between all components resident and components taking turns.</summary>
internal static class OffloadPlanner
{
    /// <param name="sizes">Of all components.</param>
    /// <param name="budget">What the user allows; null lets the free memory decide.</param>
    /// <param name="free">Asked only then.</param>
    /// <param name="reserve">Kept of it for activations.</param>
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
