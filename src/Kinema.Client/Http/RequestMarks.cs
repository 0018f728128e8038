namespace Kinema.Client;

/// <summary>What the client tells its own handlers about a request.</summary>
internal static class RequestMarks
{
    /// <summary>A second sending changes nothing more.</summary>
    public static HttpRequestOptionsKey<bool> Repeatable { get; } = new("Kinema.Repeatable");

    /// <summary>The request was sent more than once.</summary>
    public static HttpRequestOptionsKey<bool> Repeated { get; } = new("Kinema.Repeated");

    /// <summary>The answer is a record, not a file or a stream.</summary>
    public static HttpRequestOptionsKey<bool> Whole { get; } = new("Kinema.Whole");

    public static bool Has(this HttpRequestMessage request, HttpRequestOptionsKey<bool> mark) => request.Options.TryGetValue(mark, out var value) && value;
}
