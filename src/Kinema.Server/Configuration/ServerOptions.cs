using System.ComponentModel.DataAnnotations;
using Kinema.Server.Requests;

namespace Kinema.Server.Configuration;

/// <summary>Section <c>Server</c>: addresses of the server and its limits.</summary>
internal sealed class ServerOptions : IValidatableObject
{
    /// <summary>
    /// Base URL of the server for callers, for example <c>https://video.example.com</c>; used for all absolute URLs. Default: the bound address, <c>localhost</c>
    /// where all are bound.
    /// </summary>
    public string? PublicBaseUrl { get; set; }

    /// <summary>
    /// Host names answered to, for example <c>video.example.com</c>, <c>*.example.com</c> or <c>*</c>. Default: the loopback names and the
    /// public base URL's host where only loopback addresses are bound, else every name.
    /// </summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>Origins whose pages may call the API, for example <c>https://app.example.com</c>, or <c>*</c>. Default: none. Signed URLs work from every page.</summary>
    public IList<string> CorsOrigins { get; } = [];

    /// <summary>Certificate for https addresses: a PEM file, the server's own certificate first, or a PFX file. Default: none.</summary>
    public string? CertificatePath { get; set; }

    /// <summary>PEM file of the certificate's private key. Default: <see cref="CertificatePath"/>.</summary>
    public string? CertificateKeyPath { get; set; }

    /// <summary>Password of the PFX file or the PEM key. Default: none.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>Folder of model manifests; a file dropped there is a model after the next start. Default: <c>catalog</c> beside the program.</summary>
    [Required]
    public string CatalogFolder { get; set; } = Path.Combine(AppContext.BaseDirectory, "catalog");

    /// <summary>New runs and uploads are answered 503 while fewer bytes than this are free on the data volume. Default 1 GiB.</summary>
    [Range(0, long.MaxValue)]
    public long MinFreeBytes { get; set; } = 1L << 30;

    /// <summary>
    /// Largest file accepted by <c>POST /v1/asset-uploads</c>, bytes; larger media are given by URL. Default 52428800, as the Runflow contract has it.
    /// <c>kinema run</c> without <c>--server</c> accepts 100000000.
    /// </summary>
    [Range(1, 10_000_000_000)]
    public long MaxUploadBytes { get; set; } = 50 << 20;

    /// <summary>Maximum open event streams per organisation. Default 64.</summary>
    [Range(1, 100_000)]
    public int MaxEventStreamsPerOrganization { get; set; } = 64;

    /// <summary>Seconds between the comments that keep an idle event stream open. Default 15.</summary>
    [Range(1, 300)]
    public int EventHeartbeatSeconds { get; set; } = 15;

    /// <summary>Polling interval of an event stream without a signal, milliseconds. Default 1000.</summary>
    [Range(50, 60_000)]
    public int EventPollMilliseconds { get; set; } = 1000;

    /// <summary>Most open connections; a further one is closed when it is accepted. Default 0: derived from the process's limit of open files, at most 10000.</summary>
    [Range(0, 1_000_000)]
    public int MaxConnections { get; set; }

    /// <summary>Open connections above which requests get 503 and idle connections are closed. Default 0: three quarters of the most.</summary>
    [Range(0, 1_000_000)]
    public int BusyConnections { get; set; }

    /// <summary>Longest time from the first to the last byte of a request's headers, seconds. Default 15.</summary>
    [Range(1, 300)]
    public int HeaderTimeoutSeconds { get; set; } = 15;

    /// <summary>How long a connection without a request stays open, seconds. Default 120, longer than proxies keep theirs.</summary>
    [Range(1, 3600)]
    public int KeepAliveTimeoutSeconds { get; set; } = 120;

    /// <summary>Slowest allowed arrival of a request's body after the first five seconds, bytes a second; 0 means no minimum. Default 240.</summary>
    [Range(0, 100_000_000)]
    public int MinBodyBytesPerSecond { get; set; } = 240;

    /// <summary>Memory for the bodies above 1 MiB that exist at once, MiB. Default 64.</summary>
    [Range(16, 65_536)]
    public int MaxBodyMemoryMiB { get; set; } = 64;

    /// <summary>How long a body above 1 MiB waits for that memory before it gets 503, seconds. Default 10.</summary>
    [Range(0, 300)]
    public int BodyMemoryWaitSeconds { get; set; } = 10;

    /// <summary>Longest time in which a body above 1 MiB must come once it has its memory, seconds. Default 120.</summary>
    [Range(1, 3600)]
    public int LargeBodyTimeoutSeconds { get; set; } = 120;

    /// <summary>How long the answer to a request with an <c>Idempotency-Key</c> is kept for repetitions, hours. Default 24.</summary>
    [Range(1, 720)]
    public int IdempotencyHours { get; set; } = 24;

    /// <summary>Requests a minute of one organisation; so many may come at once. 0 means no limit. Default 60000.</summary>
    [Range(0, 10_000_000)]
    public int RequestsPerMinute { get; set; } = 60_000;

    /// <summary>Requests a minute without a valid key from one network (an IPv4 address or 64 bits of IPv6). 0 means no limit. Default 6000.</summary>
    [Range(0, 10_000_000)]
    public int AnonymousRequestsPerMinute { get; set; } = 6000;

    /// <summary>How long a browser stays signed in, hours. Default 168, a week.</summary>
    [Range(1, 8760)]
    public int SessionHours { get; set; } = 168;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PublicBaseUrl is { } url && !IsBase(url))
            yield return new($"must be an absolute http or https URL without query, fragment or user; got \"{url}\"", [nameof(PublicBaseUrl)]);
        foreach (var origin in CorsOrigins.Where(origin => !CrossOrigin.IsOrigin(origin)))
            yield return new($"must be origins such as https://app.example.com (scheme, host and port), or *; got \"{origin}\"", [nameof(CorsOrigins)]);
        if (CertificatePath is null && (CertificateKeyPath ?? CertificatePassword) is not null)
            yield return new("must be set too, because another setting of the certificate is", [nameof(CertificatePath)]);
    }

    private static bool IsBase(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
        && url is { Query: "", Fragment: "", UserInfo: "" };
}
