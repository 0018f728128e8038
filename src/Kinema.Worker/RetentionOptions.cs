using System.ComponentModel.DataAnnotations;

namespace Kinema.Worker;

/// <summary>Section <c>Retention</c>: retention of media and the sweep interval.</summary>
public sealed class RetentionOptions
{
    /// <summary>Days an input medium is kept after its run ended.</summary>
    [Range(0, 36_500)]
    public double InputDays { get; set; } = 7;

    /// <summary>Days a finished video is kept.</summary>
    [Range(0, 36_500)]
    public double OutputDays { get; set; } = 30;

    /// <summary>Minutes between two sweeps; the first comes at start.</summary>
    [Range(0.01, 100_000)]
    public double SweepMinutes { get; set; } = 10;

    /// <summary>
    /// Age, in minutes, below which a file that nothing names is left alone: it may belong to a write that has not finished. Never less than the
    /// longest such write takes, which is a fetched medium under inspection: keep it above <c>Runs:FetchTimeoutSeconds</c>.
    /// </summary>
    [Range(10, 100_000)]
    public double OrphanMinutes { get; set; } = 60;

    /// <summary>Days that a file which nothing names stays in the trash; 0 deletes it at once.</summary>
    [Range(0, 36_500)]
    public double TrashDays { get; set; } = 3;
}
