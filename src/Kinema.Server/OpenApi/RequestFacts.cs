using Kinema.Server.Errors;
using Kinema.Server.Idempotency;
using Kinema.Server.RateLimits;
using Kinema.Server.Requests;

namespace Kinema.Server.OpenApi;

/// <summary>What the pipeline does with a request before its endpoint does anything.</summary>
internal sealed record RequestFacts
{
    public required bool NeedsKey { get; init; }

    /// <summary>Whether <c>X-Organization-Id</c> is looked at.</summary>
    public required bool TakesOrganization { get; init; }

    /// <summary>Whether the request counts against the rate.</summary>
    public required bool IsCounted { get; init; }

    public required bool IsServedWhenBusy { get; init; }

    public required bool TakesBody { get; init; }

    public required bool TakesJson { get; init; }

    public required bool TakesIdempotencyKey { get; init; }

    /// <summary>Codes of the refusals that need no cause in the endpoint itself.</summary>
    public IEnumerable<string> Refusals
    {
        get
        {
            var codes = new List<ErrorCode> { ErrorCode.BadRequest, ErrorCode.RequestTimeout, ErrorCode.HostNotAllowed, ErrorCode.Internal };
            if (!IsServedWhenBusy)
                codes.AddRange([ErrorCode.ServerBusy, ErrorCode.StorageFull]);
            if (IsCounted)
                codes.Add(ErrorCode.RateLimited);
            if (NeedsKey)
                codes.AddRange([ErrorCode.Unauthorized, ErrorCode.PermissionDenied]);
            if (TakesBody || TakesIdempotencyKey)
                codes.AddRange([ErrorCode.PayloadTooLarge, ErrorCode.UnsupportedMediaType]);
            if (TakesJson)
                codes.AddRange([ErrorCode.InvalidJson, ErrorCode.Validation]);
            if (TakesIdempotencyKey)
                codes.AddRange([ErrorCode.Conflict, ErrorCode.Validation, ErrorCode.IdempotencyKeyReused]);
            return codes.Select(code => code.Name);
        }
    }

    /// <summary>Headers of every answer that is no refusal.</summary>
    public IEnumerable<string> AnswerHeaders =>
    [
        RequestIdMiddleware.Header,
        .. IsCounted ? [RequestRateMiddleware.LimitHeader, RequestRateMiddleware.RemainingHeader, RequestRateMiddleware.ResetHeader] : Array.Empty<string>(),
        .. TakesIdempotencyKey ? [IdempotencyHeader.Replayed] : Array.Empty<string>(),
    ];
}
