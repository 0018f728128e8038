using System.Net;
using Kinema.Outbound.Connections;

namespace Kinema.Outbound.Tests.Support;

/// <summary>
/// Writes down every dial and makes only those that stay on this machine: loopback, or a public address that the test moved to a listener of its own.
/// </summary>
internal sealed class RecordingDialer : ISocketDialer
{
    private readonly SocketDialer _real = new();

    public List<IPEndPoint> Dials { get; } = [];

    /// <summary>Replacement addresses for those that the tests must not dial.</summary>
    public Dictionary<IPAddress, int> MovedToLoopbackPort { get; } = [];

    /// <summary>When set, no connection ever comes about; called as each begins.</summary>
    public Action? Hang { get; set; }

    /// <summary>Completes when a pending connection attempt is cancelled.</summary>
    public TaskCompletionSource Abandoned { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Stream> DialAsync(IPEndPoint endPoint, CancellationToken ct)
    {
        lock (Dials)
            Dials.Add(endPoint);

        if (Hang is not null)
            return HangAsync(ct);
        if (MovedToLoopbackPort.TryGetValue(endPoint.Address, out var port))
            return _real.DialAsync(new IPEndPoint(IPAddress.Loopback, port), ct);
        if (!IPAddress.IsLoopback(endPoint.Address))
            throw new InvalidOperationException($"A test tried to leave this machine for {endPoint}.");
        return _real.DialAsync(endPoint, ct);
    }

    private async Task<Stream> HangAsync(CancellationToken ct)
    {
        try
        {
            Hang!();
            await Task.Delay(Timeout.Infinite, ct);
            throw new InvalidOperationException("A dial that hangs came to an end.");
        }
        finally
        {
            Abandoned.TrySetResult();
        }
    }
}
