using System.Text;
using Kinema.Outbound.Connections;

namespace Kinema.Outbound.Callbacks;

/// <summary>Reads the beginning of a receiver's response body, for debugging.</summary>
internal static class ResponseExcerpt
{
    public const int MaxBytes = 1024;

    /// <summary>Enough for the packet after the headers; short, so that a slow body does not block.</summary>
    private static readonly TimeSpan _readTimeout = TimeSpan.FromMilliseconds(250);

    /// <summary>Reads at most 1 KiB that arrives within the timeout; slow, broken or endless bodies cost no more.</summary>
    /// <returns>Null if there is no text.</returns>
    public static async Task<string?> ReadAsync(HttpResponseMessage response, TimeProvider timeProvider, CancellationToken ct)
    {
        if (ContentCodings.Of(response).Count > 0)
            return null;

        using var timeout = new CancellationTokenSource(_readTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        var buffer = new byte[MaxBytes];
        var length = 0;
        try
        {
            var body = await response.Content.ReadAsStreamAsync(either.Token);
            int count;
            while (length < MaxBytes && (count = await body.ReadAsync(buffer.AsMemory(length), either.Token)) > 0)
                length += count;
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            // The status decides; keep what arrived of the body.
        }

        return length == 0 ? null : ToText(buffer.AsSpan(0, length));
    }

    /// <summary>UTF-8 without a character cut in half at the end, and without the control characters that databases and terminals stumble over.</summary>
    private static string ToText(ReadOnlySpan<byte> bytes)
    {
        var characters = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        var count = Encoding.UTF8.GetDecoder().GetChars(bytes, characters, flush: false);
        for (var i = 0; i < count; i++)
        {
            if (char.IsControl(characters[i]) && characters[i] is not ('\n' or '\r' or '\t'))
                characters[i] = '\uFFFD';
        }

        return new string(characters, 0, count);
    }
}
