using System.Globalization;
using Kinema.Core.Pricing;
using Kinema.Core.Runs;

namespace Kinema.Playground.Runs.Panel;

/// <summary>Runs in words.</summary>
internal static class RunWords
{
    public static string Of(RunStatus status) => status switch
    {
        RunStatus.Queued => "Waiting",
        RunStatus.Dispatching => "Preparing",
        RunStatus.Running => "Rendering",
        RunStatus.Succeeded => "Succeeded",
        RunStatus.Failed => "Failed",
        _ => "Canceled",
    };

    /// <summary>The end of its id, which tells runs of one page apart.</summary>
    public static string ShortId(Run run) => run.Id.ToString()[^6..];

    /// <summary>What the run does now, or what became of it.</summary>
    public static string Describe(RunView view) => view.Run.Status switch
    {
        _ when view.Run.CancelRequestedAt is not null && !view.Run.Status.IsTerminal() => "Canceling: its worker will stop at its next sign of life.",
        RunStatus.Queued => view.Forecast?.QueuePosition is { } place ? $"Place {place} in the queue." : "In the queue.",
        RunStatus.Dispatching => "The inputs are fetched and checked.",
        RunStatus.Running => view.Progress is { } progress ? Describe(progress) : "The engine has started.",
        RunStatus.Succeeded => "The video is ready.",
        RunStatus.Failed => DescribeFailure(view.Run.Failure?.Code),
        _ => view.Run.CancelReason is { } reason ? $"It was canceled: {reason}" : "It was canceled.",
    };

    public static string Describe(RunProgress progress) => progress.Stage == FailureStages.Inference
        ? $"Frame {progress.Done} of {progress.Total}"
        : $"{progress.Stage}: step {progress.Done} of {progress.Total}";

    public static string DescribeFailure(string? code) => code switch
    {
        FailureCodes.InputMediaUnreachable => "An input could not be fetched.",
        FailureCodes.InputMediaInvalid => "An input is not what its field accepts.",
        FailureCodes.InputMediaTooLarge => "An input is longer or larger than its field accepts.",
        FailureCodes.TimedOut => "It took longer than it may.",
        FailureCodes.ContentRejected => "The safety checker of this server, or the provider of the model, refused it. It costs nothing.",
        FailureCodes.SafetyCheckFailed => "The safety checker of this server does not work, and nothing passes without it.",
        FailureCodes.ProviderAuth => "The provider does not accept this server's key.",
        FailureCodes.ProviderBalance => "This server's account at the provider is used up.",
        FailureCodes.ProviderRateLimited => "The provider takes no more tasks for now.",
        FailureCodes.ProviderInternal => "The provider failed.",
        FailureCodes.ProviderTimeout => "The provider did not finish in time.",
        FailureCodes.WorkerLost => "Its worker went away, at the last attempt that it may have.",
        FailureCodes.EngineFailed => "The engine could not make the video.",
        FailureCodes.EngineContract => "The engine does not keep to its contract.",
        FailureCodes.EncodingFailed => "The video could not be encoded.",
        FailureCodes.StorageFailed => "The files could not be stored.",
        _ => "It could not be finished.",
    };

    /// <summary><c>840 ms</c>, <c>12.4 s</c>, <c>3 min 5 s</c>.</summary>
    public static string Duration(long milliseconds) => milliseconds switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds} ms"),
        < 60_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000.0:0.0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 60_000} min {milliseconds / 1000 % 60} s"),
    };

    public static string Size(long bytes) => bytes switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000.0:0.#} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:0.#} MB"),
    };

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>For the attribute of <c>time</c>.</summary>
    public static string Machine(DateTimeOffset time) => Core.Json.WireJson.Time(time);

    public static string Dollars(Money amount) => $"${amount}";
}
