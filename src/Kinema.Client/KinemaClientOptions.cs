namespace Kinema.Client;

/// <summary>Where the server is, with which key, and how patient the client is.</summary>
public sealed class KinemaClientOptions
{
    /// <summary>
    /// Address of the server, http or https, for example <c>http://127.0.0.1:8080</c>. It may have a path (<c>https://example.com/kinema</c>), and may end
    /// with <c>/v1</c>. Null takes <see cref="HttpClient.BaseAddress"/>.
    /// </summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>API key; sent to <see cref="BaseAddress"/> only, never to the host of a signed URL. Null for calls that need none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// Longest time of one call with its repetitions, above zero and at most 24 hours; 100 seconds by default, <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> for none.
    /// Uploads and downloads take as long as bytes move: here it bounds the time in which none does. Event streams take as long as the run.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// How often a call that failed on the way is repeated, 0 to 10; 3 by default. Only clients of
    /// <see cref="Microsoft.Extensions.DependencyInjection.KinemaClientServiceCollectionExtensions.AddKinemaClient"/> repeat calls.
    /// </summary>
    public int MaxRetries { get; set; } = 3;

    /// <summary><c>source_code</c> of the runs that the client creates: <c>cli</c>, <c>mcp</c> or <c>playground</c>; null for <c>api</c>.</summary>
    public string? Source { get; set; }

    /// <summary>What is wrong with the options; null if nothing is.</summary>
    internal string? FindProblem()
    {
        if (BaseAddress is { } address && ApiRoot.FindProblem(address) is { } problem)
            return problem;
        if (ApiKey is { } key && (key.Length == 0 || key.Any(c => c is <= ' ' or > '~')))
            return $"{nameof(ApiKey)} must be visible ASCII characters, or null for none; was it copied whole and without spaces?";
        if ((Timeout <= TimeSpan.Zero || Timeout > TimeSpan.FromHours(24)) && Timeout != System.Threading.Timeout.InfiniteTimeSpan)
            return $"{nameof(Timeout)} must be above zero and at most 24 hours, or infinite; got {Timeout}.";
        if (MaxRetries is < 0 or > 10)
            return $"{nameof(MaxRetries)} must be 0 to 10; got {MaxRetries}.";
        return Source is { } source && (source.Length == 0 || source.Any(c => c is <= ' ' or > '~')) ? $"{nameof(Source)} must be visible ASCII characters; got '{source}'." : null;
    }
}
