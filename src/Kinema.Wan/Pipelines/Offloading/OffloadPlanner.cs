namespace Kinema.Wan.Pipelines.Offloading;

/// <summary>Chooses between matrices in the compute type and as stored, and between keeping all components on the device and loading them in turn.</summary>
internal static class OffloadPlanner
{
    /// <param name="sizesOf">Returns the sizes of all components.</param>
    /// <param name="asked">The user's choice; null prefers the compute type, and takes what is stored where that does not fit.</param>
    /// <param name="budget">The user's limit; null uses the free memory.</param>
    /// <param name="free">Returns the free memory; called only without a budget.</param>
    /// <param name="reserve">Bytes of the free memory to reserve for activations.</param>
    public static WanOffloadPlan Choose(Func<WanResident, IReadOnlyList<ComponentSize>> sizesOf, WanResident? asked, long? budget, Func<long?> free, long reserve)
    {
        var available = budget is null ? free() : null;
        var room = budget ?? (available is { } bytes ? Math.Max(0, bytes - reserve) : null);
        var (widened, asStored) = (BytesOf(sizesOf(WanResident.Widened)), BytesOf(sizesOf(WanResident.AsStored)));
        var resident = asked ?? (room is null || widened <= room || asStored >= widened ? WanResident.Widened : WanResident.AsStored);
        var weights = resident == WanResident.Widened ? widened : asStored;
        var fits = room is null || weights <= room;
        return new()
        {
            Resident = resident,
            AllResident = fits,
            WeightBytes = weights,
            WidenedBytes = widened,
            AsStoredBytes = asStored,
            MappedBytes = sizesOf(resident).Sum(size => size.Mapped),
            FreeBytes = available,
            ReserveBytes = budget is null ? reserve : 0,
            BudgetBytes = fits && budget is null ? null : room,
        };
    }

    private static long BytesOf(IEnumerable<ComponentSize> sizes) => sizes.Sum(size => size.OnDevice);
}
