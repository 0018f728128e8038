using System.Globalization;

namespace Kinema.Server.Connections;

/// <summary>How many descriptors (sockets and files) this process may have open, as <c>ulimit -n</c> shows it.</summary>
internal static class DescriptorLimit
{
    private const string Limits = "/proc/self/limits";
    private const string Row = "Max open files";

    /// <summary>Returns null where the system tells no limit.</summary>
    public static long? Read() => File.Exists(Limits) ? Find(File.ReadLines(Limits)) : null;

    /// <param name="lines">Rows of name, soft limit, hard limit and unit; only the soft limit is enforced.</param>
    internal static long? Find(IEnumerable<string> lines) =>
        lines.FirstOrDefault(line => line.StartsWith(Row, StringComparison.Ordinal)) is { } line
        && long.TryParse(line[Row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? limit
            : null;
}
