using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Kinema.Client;

/// <summary>Reads callbacks that were signed with one of your secrets and are not replayed, by the headers of Standard Webhooks.</summary>
/// <remarks>
/// A server that sends none of these headers, only <c>Runflow-Signature</c>, needs <see cref="CallbackSignature"/>. Deliveries can repeat: ignore a
/// <see cref="RunCallback.RunId"/> that was seen before. A verifier is safe for use by several threads; keep one.
/// </remarks>
/// <example><code>
/// var verifier = new CallbackVerifier([secret]);
/// app.MapPost("/hook", async (HttpRequest request) =>
/// {
///     using var body = new MemoryStream();
///     await request.Body.CopyToAsync(body);
///     return verifier.TryRead(body.ToArray(), name => request.Headers[name], out var callback) ? Accept(callback) : Results.Unauthorized();
/// });
/// </code></example>
public sealed class CallbackVerifier
{
    private static readonly TimeSpan _defaultTolerance = TimeSpan.FromMinutes(5);

    private readonly IReadOnlyList<string> _secrets;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _tolerance;

    /// <param name="secrets">Secrets as shown at creation, at least one; while you rotate them, the old and the new one.</param>
    /// <param name="timeProvider">Clock; the system clock by default.</param>
    /// <param name="tolerance">Allowed difference between the time of a callback and the clock, past or future, above zero; 5 minutes by default.</param>
    /// <exception cref="ArgumentException">There is no secret, or one is not base64 after <c>whsec_</c>, or the tolerance is not above zero.</exception>
    public CallbackVerifier(IEnumerable<string> secrets, TimeProvider? timeProvider = null, TimeSpan? tolerance = null)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        _secrets = [.. secrets];
        if (_secrets.Count == 0)
            throw new ArgumentException("At least one secret is needed: without one every callback would be refused.", nameof(secrets));
        if (!_secrets.All(IsSecret))
            throw new ArgumentException("A secret must be whsec_ followed by base64, as shown at creation.", nameof(secrets));
        if (tolerance <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "The tolerance must be above zero: without one every callback would be refused.");
        _timeProvider = timeProvider ?? TimeProvider.System;
        _tolerance = tolerance ?? _defaultTolerance;
    }

    /// <summary>Verifies a request and reads its callback.</summary>
    /// <param name="body">Received bytes, before parsing.</param>
    /// <param name="header">Gets a header of the request by its name; null if there is none.</param>
    /// <param name="callback">The callback.</param>
    /// <returns>False if no secret signed the body, or if the signature is too old. Answer 401 then.</returns>
    /// <exception cref="JsonException">The body is signed, but no callback.</exception>
    public bool TryRead(ReadOnlySpan<byte> body, Func<string, string?> header, [NotNullWhen(true)] out RunCallback? callback)
    {
        ArgumentNullException.ThrowIfNull(header);
        callback = null;
        var (id, timestamp) = (header(StandardWebhookSignature.IdHeaderName), header(StandardWebhookSignature.TimestampHeaderName));
        var (signatures, now) = (header(StandardWebhookSignature.SignatureHeaderName), _timeProvider.GetUtcNow());
        var genuine = false;
        foreach (var secret in _secrets)
            genuine |= StandardWebhookSignature.Verify(body, secret, id, timestamp, signatures, now, _tolerance);
        if (genuine)
            callback = RunCallback.Parse(body);
        return genuine;
    }

    private static bool IsSecret(string? secret)
    {
        try
        {
            return !string.IsNullOrEmpty(secret) && StandardWebhookSignature.Sign([], secret, "", 0).Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
