using Kinema.Server.Configuration;

namespace Kinema.Server.Connections;

/// <summary>How many connections the server keeps open at once.</summary>
/// <param name="Busy">Above it, requests get 503 and their connection is closed; probes are still answered.</param>
/// <param name="Max">Above it, a connection is closed when it is accepted.</param>
internal sealed record ConnectionBounds(int Busy, int Max)
{
    /// <summary>Descriptors of the process itself: .NET keeps two for every assembly, about 250 in all; the rest is for files, running attempts and the log.</summary>
    private const int OwnDescriptors = 320;

    /// <summary>A database connection has the file and its log.</summary>
    private static readonly int _databaseDescriptors = Environment.ProcessorCount * 2 * 2;

    /// <summary>A caller's socket, and the file that is sent or received over it.</summary>
    private const int DescriptorsPerConnection = 2;

    /// <summary>Fewer are not worth a start: one browser opens six.</summary>
    private const int FewestConnections = 16;

    /// <summary>More connections cost memory; an operator who has it can say so.</summary>
    private const int DerivedMax = 10_000;

    /// <param name="options">0 derives a bound.</param>
    /// <param name="outgoing">Connections that the server opens itself.</param>
    /// <param name="descriptors">The process's limit, or null for none.</param>
    /// <exception cref="SettingsException">The process cannot open as many descriptors as the settings ask for.</exception>
    public static ConnectionBounds From(ServerOptions options, int outgoing, long? descriptors)
    {
        var reserved = OwnDescriptors + _databaseDescriptors + outgoing;
        var possible = ((descriptors ?? int.MaxValue) - reserved) / DescriptorsPerConnection;
        if (possible < FewestConnections)
        {
            throw new SettingsException([
                $"this process may open {descriptors} files (ulimit -n); the server needs at least {reserved + (FewestConnections * DescriptorsPerConnection)}"]);
        }

        if (options.MaxConnections > possible)
        {
            throw new SettingsException([
                $"Server:MaxConnections must be at most {possible}, because this process may open {descriptors} files (ulimit -n); got {options.MaxConnections}"]);
        }

        var max = options.MaxConnections > 0 ? options.MaxConnections : (int)Math.Min(DerivedMax, possible);
        if (options.BusyConnections > max)
            throw new SettingsException([$"Server:BusyConnections must be at most {max}, the most connections that are kept open; got {options.BusyConnections}"]);

        return new(options.BusyConnections > 0 ? options.BusyConnections : Math.Max(1, max - Math.Max(1, max / 4)), max);
    }
}
