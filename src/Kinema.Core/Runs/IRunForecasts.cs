namespace Kinema.Core.Runs;

/// <summary>Says how many runs come before a queued one, and when an unfinished one will probably end.</summary>
public interface IRunForecasts
{
    /// <param name="run">A stored run, or one that might be created.</param>
    /// <param name="ct">Cancels the call.</param>
    Task<RunForecast> ReadAsync(Run run, CancellationToken ct);
}
