using Kinema.Server.Errors;

namespace Kinema.Server.Requests;

/// <summary>A body turned out to be unusable while it was read. Readers let it pass, as they do with the host's own <c>BadHttpRequestException</c>.</summary>
internal sealed class RefusedBodyException(ApiError error, Exception? cause = null) : Exception(error.Message, cause)
{
    public ApiError Error => error;
}
