using System.ComponentModel.DataAnnotations;

namespace Kinema.Hosted;

/// <summary>Section <c>Hosted</c>: models that others run and that the operator pays for.</summary>
public sealed class HostedOptions
{
    public const string Section = "Hosted";

    /// <summary>Most that all runs may spend at providers on one day (UTC), US dollars; what a task costs at most is held when it is submitted. 0 for no limit.</summary>
    [Range(0, 1_000_000)]
    public decimal MaxSpendPerDay { get; set; }

    /// <summary>The same for the runs of one organization.</summary>
    [Range(0, 1_000_000)]
    public decimal MaxSpendPerDayPerOrganization { get; set; }

    public DashScopeOptions DashScope { get; init; } = new();
}
