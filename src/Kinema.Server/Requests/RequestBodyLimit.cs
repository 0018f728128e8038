using Microsoft.AspNetCore.Http.Metadata;

namespace Kinema.Server.Requests;

/// <summary>Raises the body limit of one route; the host enforces it while reading, so a chunked body is bounded too.</summary>
internal sealed class RequestBodyLimit(long bytes) : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => bytes;
}
