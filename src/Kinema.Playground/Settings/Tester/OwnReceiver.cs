using System.Security.Cryptography;
using System.Text.Json;
using Kinema.Core.Callbacks;
using Kinema.Core.Json;
using Kinema.Core.Storage;
using Kinema.Pages;

namespace Kinema.Playground.Settings.Tester;

/// <summary>
/// The receiver behind the callback tester. It keeps nothing itself: its answer says what arrived, and the delivery's attempt keeps the answer like any receiver's.
/// </summary>
internal sealed class OwnReceiver(ISigningKeys keys, IPageAddress address, ICallbackSecrets secrets, TimeProvider timeProvider) : IOwnReceiver
{
    private const string Path = "settings/callback-tester/";
    private const int TokenBytes = 16;
    private const int LongestAnswer = 1024;

    public string UrlOf(Guid orgId) => new Uri(address.Base, Path + TokenOf(orgId)).AbsoluteUri;

    public bool Is(Guid orgId, string url) => url.Contains(Path, StringComparison.Ordinal) && url == UrlOf(orgId);

    public async Task<OwnReceiverAnswer> ReceiveAsync(
        Guid orgId, ReadOnlyMemory<byte> body, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken ct)
    {
        var live = await secrets.ReadLiveAsync(orgId, ct);
        var check = CallbackCheck.Of(body.Span, headers, live, timeProvider.GetUtcNow());
        var answer = WireJson.Write(writer => Write(writer, check, headers));
        if (answer.Length > LongestAnswer)
            answer = WireJson.Write(writer => Write(writer, check, [.. headers.Where(header => header.Key != CallbackSigner.WebhookSignatureHeader)]));
        return new(check.StatusCode, System.Text.Encoding.UTF8.GetString(answer));
    }

    /// <summary>Reads what an answer says arrived; null if it is none of this receiver's.</summary>
    public static (bool IsGenuine, IReadOnlyList<KeyValuePair<string, string>> Headers)? ReadAnswer(string? answer)
    {
        try
        {
            var root = JsonElement.Parse(answer ?? "");
            var headers = root.GetProperty("headers").EnumerateObject().Select(header => KeyValuePair.Create(header.Name, header.Value.GetString() ?? "")).ToList();
            return (root.GetProperty("genuine").GetBoolean(), headers);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter writer, CallbackCheck check, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("genuine", check.IsGenuine);
        writer.WriteStartObject("headers");
        foreach (var (name, value) in headers)
            writer.WriteString(name, value);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Nobody who does not know the organisation's token can name its receiver.</summary>
    private string TokenOf(Guid orgId) => Convert.ToHexStringLower(HMACSHA256.HashData(keys.Derive("callback-tester"), orgId.ToByteArray()).AsSpan(0, TokenBytes));
}
