namespace Kinema.Wan.Schedulers;

/// <summary>Creates schedulers.</summary>
internal static class SchedulerFactory
{
    public static IScheduler Create(WanScheduler scheduler, int steps, double shift) => scheduler switch
    {
        WanScheduler.UniPc => new UniPcScheduler(SigmaSchedule.UniPc(steps, shift)),
        WanScheduler.FlowMatchEuler => new EulerScheduler(SigmaSchedule.FlowMatchEuler(steps, shift)),
        WanScheduler.Distilled => new EulerScheduler(SigmaSchedule.Distilled(shift)),
        _ => throw new ArgumentOutOfRangeException(nameof(scheduler), scheduler, "There is no such scheduler."),
    };
}
