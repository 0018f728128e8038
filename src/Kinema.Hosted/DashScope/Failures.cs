using Kinema.Core.Runs;
using Kinema.Engines;

namespace Kinema.Hosted.DashScope;

/// <summary>The provider's errors as failures that a caller can act on. Codes: alibabacloud.com/help/en/model-studio/error-code.</summary>
internal static class Failures
{
    private static readonly string[] _ofMedia = ["image", "video", "audio", "picture", "resolution of", "aspect ratio", "file", "format"];

    public static EngineException Of(ProviderError error, string? key)
    {
        var code = CodeOf(error);
        var said = Scrub.Of(error.Message, key);
        return new($"{Sentence(code)} The provider says: {error.Code}{(said.Length > 0 ? ": " + said : "")}") { Code = code };
    }

    /// <summary>Whether the same request may be taken a little later.</summary>
    public static bool IsTransient(ProviderError error) => CodeOf(error) is FailureCodes.ProviderRateLimited or FailureCodes.ProviderInternal or FailureCodes.ProviderTimeout;

    public static string CodeOf(ProviderError error) => error.Code switch
    {
        "Arrearage" => FailureCodes.ProviderBalance,
        _ when Starts(error, "AllocationQuota") => FailureCodes.ProviderBalance,
        _ when Starts(error, "Throttling") || error.Status == 429 => FailureCodes.ProviderRateLimited,
        _ when Starts(error, "InvalidApiKey") || Starts(error, "AccessDenied") || error.Status is 401 or 403 => FailureCodes.ProviderAuth,
        _ when Starts(error, "ModelNotFound") || Starts(error, "Model.AccessDenied") => FailureCodes.ProviderAuth,
        "DataInspectionFailed" or "IPInfringementSuspect" => FailureCodes.ContentRejected,
        // Its name is that of the inspection, its meaning that the medium could not be fetched.
        _ when Starts(error, "InvalidParameter.DataInspection") => Says(error, "download") ? FailureCodes.InputMediaUnreachable : FailureCodes.ContentRejected,
        _ when Starts(error, "InvalidURL") || Says(error, "url error") => FailureCodes.InputMediaUnreachable,
        _ when Starts(error, "InvalidFile") || (Starts(error, "InvalidParameter") && SpeaksOfMedia(error)) =>
            Says(error, "exceed") || Says(error, "too large") || Says(error, "file size") ? FailureCodes.InputMediaTooLarge : FailureCodes.InputMediaInvalid,
        "RequestTimeOut" => FailureCodes.ProviderTimeout,
        _ when error.Status is >= 400 and < 500 || Starts(error, "InvalidParameter") => FailureCodes.EngineFailed,
        _ => FailureCodes.ProviderInternal,
    };

    private static string Sentence(string code) => code switch
    {
        FailureCodes.ProviderAuth => "The provider does not accept the operator's key for this model and region.",
        FailureCodes.ProviderBalance => "The operator's account at the provider is used up.",
        FailureCodes.ProviderRateLimited => "The provider takes no more of the operator's requests for now.",
        FailureCodes.ContentRejected => "The provider refuses the content.",
        FailureCodes.InputMediaUnreachable => "The provider could not fetch a medium.",
        FailureCodes.InputMediaInvalid => "The provider does not accept a medium.",
        FailureCodes.InputMediaTooLarge => "A medium is too large for the provider.",
        FailureCodes.ProviderTimeout => "The provider did not finish in time.",
        FailureCodes.EngineFailed => "The provider does not accept the request.",
        _ => "The provider failed.",
    };

    private static bool SpeaksOfMedia(ProviderError error) =>
        _ofMedia.Any(word => Says(error, word)) && !Says(error, "must provide");

    private static bool Starts(ProviderError error, string prefix) => error.Code.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    private static bool Says(ProviderError error, string words) => error.Message.Contains(words, StringComparison.OrdinalIgnoreCase);
}
