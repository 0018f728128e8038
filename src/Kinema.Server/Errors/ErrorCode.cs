namespace Kinema.Server.Errors;

/// <summary>A code of an error response with its HTTP status. The API has no others; docs/api.md lists them. The worker protocol adds its own.</summary>
internal sealed record ErrorCode
{
    public static readonly ErrorCode BadRequest = new(400, "BAD_REQUEST");
    public static readonly ErrorCode InvalidJson = new(400, "INVALID_JSON");
    public static readonly ErrorCode Unauthorized = new(401, "UNAUTHORIZED");
    public static readonly ErrorCode PermissionDenied = new(403, "PERMISSION_DENIED");
    public static readonly ErrorCode QuotaExceeded = new(403, "QUOTA_EXCEEDED");
    public static readonly ErrorCode UrlExpired = new(403, "URL_EXPIRED");
    public static readonly ErrorCode UrlInvalid = new(403, "URL_INVALID");
    public static readonly ErrorCode NotFound = new(404, "NOT_FOUND");
    public static readonly ErrorCode RunNotFound = new(404, "RUN_NOT_FOUND");
    public static readonly ErrorCode ModelNotFound = new(404, "MODEL_NOT_FOUND");
    public static readonly ErrorCode AssetNotFound = new(404, "ASSET_NOT_FOUND");
    public static readonly ErrorCode MethodNotAllowed = new(405, "METHOD_NOT_ALLOWED");
    public static readonly ErrorCode RequestTimeout = new(408, "REQUEST_TIMEOUT");
    public static readonly ErrorCode Conflict = new(409, "CONFLICT");
    public static readonly ErrorCode PreconditionFailed = new(412, "PRECONDITION_FAILED");
    public static readonly ErrorCode PayloadTooLarge = new(413, "PAYLOAD_TOO_LARGE");
    public static readonly ErrorCode UnsupportedMediaType = new(415, "UNSUPPORTED_MEDIA_TYPE");
    public static readonly ErrorCode RangeNotSatisfiable = new(416, "RANGE_NOT_SATISFIABLE");
    public static readonly ErrorCode HostNotAllowed = new(421, "HOST_NOT_ALLOWED");
    public static readonly ErrorCode Validation = new(422, "VALIDATION_ERROR");
    public static readonly ErrorCode ContentRejected = new(422, "CONTENT_REJECTED");
    public static readonly ErrorCode IdempotencyKeyReused = new(422, "IDEMPOTENCY_KEY_REUSED");
    public static readonly ErrorCode RateLimited = new(429, "RATE_LIMITED");
    public static readonly ErrorCode Internal = new(500, "INTERNAL");
    public static readonly ErrorCode NotSupported = new(501, "NOT_SUPPORTED");
    public static readonly ErrorCode ModelUnavailable = new(503, "MODEL_UNAVAILABLE");
    public static readonly ErrorCode NotReady = new(503, "NOT_READY");
    public static readonly ErrorCode QueueFull = new(503, "QUEUE_FULL");
    public static readonly ErrorCode ServerBusy = new(503, "SERVER_BUSY");
    public static readonly ErrorCode StorageFull = new(503, "STORAGE_FULL");

    /// <summary>A code that only the worker protocol has.</summary>
    public static ErrorCode OfWorkerProtocol(int status, string name) => new(status, name);

    private ErrorCode(int status, string name) => (Status, Name) = (status, name);

    public int Status { get; }

    public string Name { get; }
}
