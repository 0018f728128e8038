namespace Kinema.Core.Runs;

/// <summary>The failure codes a run can end with.</summary>
public static class FailureCodes
{
    public const string InputMediaUnreachable = "INPUT_MEDIA_UNREACHABLE";
    public const string InputMediaInvalid = "INPUT_MEDIA_INVALID";
    public const string InputMediaTooLarge = "INPUT_MEDIA_TOO_LARGE";
    public const string TimedOut = "TIMED_OUT";
    public const string WorkerLost = "WORKER_LOST";
    public const string EngineFailed = "ENGINE_FAILED";

    /// <summary>The engine, or the worker, delivered what it must not: wrong sizes, wrong numbers of frames.</summary>
    public const string EngineContract = "ENGINE_CONTRACT";

    /// <summary>The safety checker refused an input or the video; see docs/safety.md.</summary>
    public const string ContentRejected = "CONTENT_REJECTED";

    /// <summary>The safety checker did not work, and the operator lets nothing pass unseen.</summary>
    public const string SafetyCheckFailed = "SAFETY_CHECK_FAILED";

    /// <summary>The provider of a hosted model does not accept the operator's key.</summary>
    public const string ProviderAuth = "PROVIDER_AUTH";

    /// <summary>The operator's account at the provider is used up.</summary>
    public const string ProviderBalance = "PROVIDER_BALANCE";

    /// <summary>The provider takes no more requests, and did not until the time was over.</summary>
    public const string ProviderRateLimited = "PROVIDER_RATE_LIMITED";

    /// <summary>The provider failed.</summary>
    public const string ProviderInternal = "PROVIDER_INTERNAL";

    /// <summary>The provider did not finish in time, or nobody knows whether it took the run.</summary>
    public const string ProviderTimeout = "PROVIDER_TIMEOUT";
    public const string EncodingFailed = "ENCODING_FAILED";
    public const string StorageFailed = "STORAGE_FAILED";

    /// <summary>Those that a worker may end an attempt with.</summary>
    public static IReadOnlyList<string> OfEngines { get; } = [InputMediaInvalid, InputMediaTooLarge, TimedOut, EngineFailed, EngineContract, EncodingFailed, StorageFailed];
}

/// <summary>The stages a run can fail in.</summary>
public static class FailureStages
{
    public const string Admission = "admission";
    public const string Dispatch = "dispatch";
    public const string Preprocess = "preprocess";
    public const string Inference = "inference";
    public const string Postprocess = "postprocess";
    public const string Upload = "upload";
}
