namespace Kinema.Core.Callbacks;

/// <summary>Endpoint of a callback URL: scheme, host and port. Deliveries to one endpoint share a limit; the outbox stores it with each row.</summary>
public static class CallbackEndpoint
{
    /// <returns>Lower case, without a default port, for example <c>https://example.com</c>; the text itself when it is no absolute URL.</returns>
    public static string Of(string callbackUrl) =>
        Uri.TryCreate(callbackUrl, UriKind.Absolute, out var url) ? $"{url.Scheme}://{url.Authority}".ToLowerInvariant() : callbackUrl;
}
