using Kinema.Server.Connections;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Time.Testing;

namespace Kinema.Server.Tests.Connections;

public sealed class MultiplexedConnectionTests
{
    [Fact]
    public async Task A_connection_with_several_requests_is_idle_only_when_the_last_has_ended()
    {
        var clock = new FakeTimeProvider();
        var connections = new OpenConnections(new ConnectionBounds(Busy: 1, Max: 4), clock);
        var first = new Accepted();
        var serving = connections.ServeAsync(first, first.ServeAsync);
        var tracked = first.Features.Get<TrackedConnection>().ShouldNotBeNull();
        connections.BeginRequest(tracked);
        connections.BeginRequest(tracked);
        connections.EndRequest(tracked);
        clock.Advance(TimeSpan.FromMinutes(1));

        var second = new Accepted();
        var servingSecond = connections.ServeAsync(second, second.ServeAsync);
        first.IsAborted.ShouldBeFalse();

        connections.EndRequest(tracked);
        clock.Advance(TimeSpan.FromMinutes(1));
        var third = new Accepted();
        var servingThird = connections.ServeAsync(third, third.ServeAsync);
        first.IsAborted.ShouldBeTrue();

        foreach (var connection in new[] { first, second, third })
            connection.End();
        await Task.WhenAll(serving, servingSecond, servingThird);
    }

    private sealed class Accepted : DefaultConnectionContext
    {
        private readonly TaskCompletionSource _end = new();

        public bool IsAborted { get; private set; }

        public Task ServeAsync(ConnectionContext connection) => _end.Task;

        public void End() => _end.SetResult();

        public override void Abort(ConnectionAbortedException abortReason) => IsAborted = true;
    }
}
