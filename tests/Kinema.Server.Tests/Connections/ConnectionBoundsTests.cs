using Kinema.Server.Configuration;
using Kinema.Server.Connections;

namespace Kinema.Server.Tests.Connections;

public sealed class ConnectionBoundsTests
{
    private static readonly int _reserved = 320 + (Environment.ProcessorCount * 4) + 64;

    [Theory]
    [InlineData(32, 12, 16)]
    [InlineData(1000, 375, 500)]
    [InlineData(1_000_000, 7500, 10_000)]
    public void Bounds_are_derived_from_the_descriptors_that_the_process_does_not_need_itself(int free, int busy, int max) =>
        ConnectionBounds.From(new ServerOptions(), 64, _reserved + free).ShouldBe(new ConnectionBounds(busy, max));

    [Fact]
    public void Without_a_known_limit_the_bounds_are_the_largest_derived_ones() =>
        ConnectionBounds.From(new ServerOptions(), 64, null).ShouldBe(new ConnectionBounds(7500, 10_000));

    [Theory]
    [InlineData(8, 0, 6)]
    [InlineData(1, 0, 1)]
    [InlineData(20_000, 5, 5)]
    public void Settings_are_kept(int max, int busy, int expected) =>
        ConnectionBounds.From(new ServerOptions { MaxConnections = max, BusyConnections = busy }, 64, 100_000).ShouldBe(new ConnectionBounds(expected, max));

    [Theory]
    [InlineData(31, 0, 0, "this process may open {0} files (ulimit -n); the server needs at least {1}")]
    [InlineData(100, 51, 0, "Server:MaxConnections must be at most 50, because this process may open {0} files (ulimit -n); got 51")]
    [InlineData(100, 0, 51, "Server:BusyConnections must be at most 50, the most connections that are kept open; got 51")]
    [InlineData(100, 9, 10, "Server:BusyConnections must be at most 9, the most connections that are kept open; got 10")]
    public void What_the_process_cannot_open_is_refused_by_name(int free, int max, int busy, string problem)
    {
        var options = new ServerOptions { MaxConnections = max, BusyConnections = busy };

        Should.Throw<SettingsException>(() => ConnectionBounds.From(options, 64, _reserved + free)).Problems
            .ShouldBe([string.Format(null, problem, _reserved + free, _reserved + 32)]);
    }

    [Theory]
    [InlineData("Max open files            1024                 524288               files     ", 1024L)]
    [InlineData("Max open files            unlimited            unlimited            files     ", null)]
    [InlineData("Max processes             1024                 524288               processes ", null)]
    public void The_soft_limit_of_open_files_is_read(string line, long? limit) => DescriptorLimit.Find(["Limit  Soft Limit  Hard Limit  Units", line]).ShouldBe(limit);

    [Fact]
    public void This_process_has_a_limit() => DescriptorLimit.Read().ShouldNotBeNull().ShouldBeGreaterThan(0);
}
