namespace Kinema.Core.Callbacks;

/// <summary>Who receives: scheme, host and port of a callback URL. Deliveries to one endpoint share its limits; the outbox stores it with each row.</summary>
public static class CallbackEndpoint
{
    /// <returns>Lower case, without a default port, for example <c>https://example.com</c>; the text itself when it is no absolute URL.</returns>
    public static string Of(string callbackUrl) =>
        Uri.TryCreate(callbackUrl, UriKind.Absolute, out var url) ? $"{url.Scheme}://{url.Authority}".ToLowerInvariant() : callbackUrl;
}
