using System.ComponentModel.DataAnnotations;

namespace Kinema.Worker;

/// <summary>Section <c>Worker</c>: how this process executes runs.</summary>
public sealed class WorkerOptions
{
    /// <summary>Whether this process claims runs; if false, it only serves HTTP.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Concurrent runs. Default: half the cores, at least 1 (1 on two cores).</summary>
    [Range(1, 256)]
    public int Concurrency { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Concurrent runs of single engines, by id, below <see cref="Concurrency"/>; an engine that is not named may take all of it.</summary>
    public IDictionary<string, int> EngineConcurrency { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Size limit of a finished video that an engine has elsewhere, MiB.</summary>
    [Range(1, 65_536)]
    public int MaxReceivedMiB { get; set; } = 512;

    /// <summary>Polling interval if there is no wake-up signal, milliseconds.</summary>
    [Range(10, 60_000)]
    public int PollMilliseconds { get; set; } = 1000;

    /// <summary>
    /// Time that running attempts get at shutdown, seconds. 0 hands them back at once, without spending an attempt, and exits within 5 s.
    /// </summary>
    [Range(0, 86_400)]
    public int DrainSeconds { get; set; }

    /// <summary>Maximum progress events per second and run.</summary>
    [Range(1, 4)]
    public int ProgressPerSecond { get; set; } = 4;

    /// <summary>Interval of the check for lost leases and overdue runs, seconds.</summary>
    [Range(1, 3600)]
    public int ReapSeconds { get; set; } = 2;

    /// <summary>The worker's name in the ledger. Default: the machine's name.</summary>
    [Required]
    [StringLength(128)]
    public string Name { get; set; } = Environment.MachineName;
}
