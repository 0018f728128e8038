using System.Globalization;
using Kinema.Crash.Host;
using Kinema.TestSupport;

namespace Kinema.Crash.Tests;

/// <summary>What the programs of a test noted about their memory, through the startup hook of <see cref="KillPoints"/>' assembly.</summary>
internal sealed class MemoryLog : IDisposable
{
    private const double Mebibyte = 1 << 20;

    /// <summary>Medians of thirds scatter by this much although nothing is kept.</summary>
    private const double Share = 1.05, Slack = 8;

    private readonly TemporaryFolder _folder = new();

    /// <summary>What makes a program note its memory, and all .NET programs that it starts.</summary>
    public IEnumerable<(string Name, string Value)> Environment => [("DOTNET_STARTUP_HOOKS", typeof(KillPoints).Assembly.Location), ("KINEMA_MEMORY_LOG", _folder.FullPath)];

    /// <summary>Compares the last third with the first, after a warm-up of a sixth.</summary>
    /// <param name="program">The program's name; it was started once.</param>
    public Memory Of(string program)
    {
        var file = Directory.GetFiles(_folder.FullPath, program + ".*").ShouldHaveSingleItem($"{program} was started again");
        var all = File.ReadAllLines(file).Select(line => line.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray()).ToList();
        var warm = all[(all.Count / 6)..];
        var third = warm.Count / 3;
        return new(
            program,
            Median(warm[..third], 1),
            Median(warm[^third..], 1),
            Median(warm[..third], 2),
            Median(warm[^third..], 2));
    }

    public void Dispose() => _folder.Dispose();

    private static double Median(List<long[]> samples, int column) => samples.Select(sample => sample[column]).Order().ElementAt(samples.Count / 2) / Mebibyte;

    /// <summary>Medians in MiB of the first and the last third: resident, and live managed objects.</summary>
    internal sealed record Memory(string Program, double Resident, double ResidentAtLast, double Managed, double ManagedAtLast)
    {
        public bool IsFlat => ResidentAtLast <= (Resident * Share) + Slack && ManagedAtLast <= (Managed * Share) + Slack;

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Program}: {Resident:0.0} to {ResidentAtLast:0.0} MiB resident, {Managed:0.0} to {ManagedAtLast:0.0} MiB of managed objects");
    }
}
