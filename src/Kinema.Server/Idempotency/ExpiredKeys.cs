using Kinema.Core.Idempotency;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kinema.Server.Idempotency;

/// <summary>Removes expired keys in small batches, so that no other write waits long.</summary>
internal sealed partial class ExpiredKeys(IIdempotencyKeys keys, TimeProvider timeProvider, ILogger<ExpiredKeys> logger) : BackgroundService
{
    private const int Batch = 200;

    private static readonly TimeSpan _interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_interval, timeProvider);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await keys.RemoveExpiredAsync(Batch, stoppingToken) == Batch)
                {
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e);
            }
        }
    }

    [LoggerMessage(1011, LogLevel.Error, "Removing expired idempotency keys failed")]
    private partial void LogFailed(Exception exception);
}
