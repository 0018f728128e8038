using System.Globalization;

namespace Kinema.Media.AudioVideo;

/// <summary>Wall-clock limit of inspecting one file.</summary>
internal static class TimeLimit
{
    /// <summary>Maximum duration if the manifest sets none, seconds.</summary>
    public const double MaxMediaSeconds = 600;

    public static async Task<T> RunAsync<T>(
        TimeSpan limit, TimeProvider timeProvider, Func<CancellationToken, Task<T>> work, Func<string, T> late, CancellationToken ct)
    {
        using var time = new CancellationTokenSource(limit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, ct);
        try
        {
            return await work(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return late(string.Create(CultureInfo.InvariantCulture, $"it could not be decoded within {limit.TotalSeconds:0.#} seconds"));
        }
    }
}
