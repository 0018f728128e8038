using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Kinema.Playground.Tests;

/// <summary>Counts the event streams that a server has open.</summary>
internal sealed class StreamCounter : IStartupFilter
{
    private int _open;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, handle) =>
        {
            var isStream = context.Request.Path.Value!.EndsWith("/events", StringComparison.Ordinal);
            if (isStream)
                Interlocked.Increment(ref _open);
            try
            {
                await handle(context);
            }
            finally
            {
                if (isStream)
                    Interlocked.Decrement(ref _open);
            }
        });
        next(app);
    };

    public async Task UntilOneIsOpenAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (Volatile.Read(ref _open) != 1)
            await Task.Delay(50, limit.Token);
    }
}
