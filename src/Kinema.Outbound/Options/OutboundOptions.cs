using System.ComponentModel.DataAnnotations;

namespace Kinema.Outbound;

/// <summary>Section <c>Outbound</c>: allowed connections and timeouts.</summary>
public sealed class OutboundOptions
{
    public const string Section = "Outbound";

    public MediaOutboundOptions Media { get; set; } = new();

    public CallbackOutboundOptions Callbacks { get; set; } = new();

    public OperatorOutboundOptions Operator { get; set; } = new();

    /// <summary>Default 5. Looking up one name; longer counts as unreachable.</summary>
    [Range(1, 60)]
    public int ResolveTimeoutSeconds { get; set; } = 5;

    /// <summary>Default 5. One connection attempt; the next address of the name is tried after it.</summary>
    [Range(1, 60)]
    public int ConnectTimeoutSeconds { get; set; } = 5;

    /// <summary>Default 32. Response headers above this many KiB break the exchange off.</summary>
    [Range(1, 1024)]
    public int MaxResponseHeadersKiB { get; set; } = 32;
}

/// <summary>Section <c>Outbound:Media</c>: fetching media URLs such as <c>image_url</c>.</summary>
public sealed class MediaOutboundOptions
{
    /// <summary>
    /// Default empty: public addresses only. Entries <c>CIDR</c> or <c>CIDR:port</c> (IPv6 also as <c>[fc00::/7]:443</c>) open special-purpose ranges.
    /// Metadata addresses stay closed whatever is written here.
    /// </summary>
    public IList<string> Allow { get; init; } = [];

    /// <summary>Default 5. Maximum redirects in one fetch, each checked like the first URL; 0 rejects redirects.</summary>
    [Range(0, 20)]
    public int MaxRedirects { get; set; } = 5;

    /// <summary>
    /// Default 2. Further tries in one fetch when a host answers 429 or 503 with <c>Retry-After</c> and the wait fits into <see cref="TotalTimeoutSeconds"/>;
    /// 0 makes that answer final.
    /// </summary>
    [Range(0, 10)]
    public int MaxRetries { get; set; } = 2;

    /// <summary>Default 10. From the request to its response headers, for each redirect separately.</summary>
    [Range(1, 300)]
    public int ResponseTimeoutSeconds { get; set; } = 10;

    /// <summary>
    /// Default 45. One fetch from its first look-up to its last byte; less than <c>Runs:FetchTimeoutSeconds</c>, so that the failure names the slow host.
    /// </summary>
    [Range(1, 3600)]
    public int TotalTimeoutSeconds { get; set; } = 45;

    /// <summary>Default 1024. A body that stays below this average after its first five seconds is broken off; 0 leaves only the total time-out.</summary>
    [Range(0, int.MaxValue)]
    public int MinBytesPerSecond { get; set; } = 1024;
}

/// <summary>Section <c>Outbound:Callbacks</c>: sending to the <c>callback_url</c> that callers name.</summary>
public sealed class CallbackOutboundOptions
{
    /// <summary>Default empty: public addresses only. Same entries as <c>Outbound:Media:Allow</c>, opened for callbacks alone.</summary>
    public IList<string> Allow { get; init; } = [];

    /// <summary>Default 10. From the first look-up to the response headers; longer is a timeout, which counts as a network error.</summary>
    [Range(1, 300)]
    public int ResponseTimeoutSeconds { get; set; } = 10;
}

/// <summary>Section <c>Outbound:Operator</c>: endpoints that the operator configured, such as hosted engines.</summary>
public sealed class OperatorOutboundOptions
{
    /// <summary>Default empty: public addresses only. Same entries as <c>Outbound:Media:Allow</c>, opened for configured endpoints alone.</summary>
    public IList<string> Allow { get; init; } = [];
}
