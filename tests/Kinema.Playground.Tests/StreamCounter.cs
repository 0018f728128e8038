using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Kinema.Playground.Tests;

/// <summary>Counts the event streams that a server has open at once.</summary>
internal sealed class StreamCounter : IStartupFilter
{
    private int _open;
    private int _most;

    public int Most => Volatile.Read(ref _most);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, handle) =>
        {
            if (!context.Request.Path.Value!.EndsWith("/events", StringComparison.Ordinal))
            {
                await handle(context);
                return;
            }

            var open = Interlocked.Increment(ref _open);
            InterlockedMax(open);
            try
            {
                await handle(context);
            }
            finally
            {
                Interlocked.Decrement(ref _open);
            }
        });
        next(app);
    };

    private void InterlockedMax(int value)
    {
        for (var most = Volatile.Read(ref _most); value > most; most = Volatile.Read(ref _most))
            Interlocked.CompareExchange(ref _most, value, most);
    }
}
