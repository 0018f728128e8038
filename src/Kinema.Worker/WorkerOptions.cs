using System.ComponentModel.DataAnnotations;

namespace Kinema.Worker;

/// <summary>Section <c>Worker</c>: how this process works through the queue.</summary>
public sealed class WorkerOptions
{
    /// <summary>Whether this process claims runs at all; without, it only serves.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Runs worked on at a time. Default: half the cores, at least 1 (1 on two cores).</summary>
    [Range(1, 256)]
    public int Concurrency { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>The longest a waiting run goes unseen when no wake-up came, milliseconds.</summary>
    [Range(10, 60_000)]
    public int PollMilliseconds { get; set; } = 1000;

    /// <summary>
    /// How long a stopping process lets its runs go on, seconds. 0 hands them back at once, without spending an attempt, and exits within 5 s.
    /// </summary>
    [Range(0, 86_400)]
    public int DrainSeconds { get; set; }

    /// <summary>Progress events a second, at most, for one run.</summary>
    [Range(1, 4)]
    public int ProgressPerSecond { get; set; } = 4;

    /// <summary>How often lost leases and overdue runs are looked for, seconds.</summary>
    [Range(1, 3600)]
    public int ReapSeconds { get; set; } = 2;

    /// <summary>The worker's name in the ledger. Default: the machine's name.</summary>
    [Required]
    [StringLength(128)]
    public string Name { get; set; } = Environment.MachineName;
}
