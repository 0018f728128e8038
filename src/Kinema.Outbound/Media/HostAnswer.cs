using System.Globalization;

namespace Kinema.Outbound.Media;

/// <summary>What a media host answered, in words for the caller: nothing of the body, and no text of the host's but a media type.</summary>
internal sealed record HostAnswer(int Status, string? MediaType, long? Length)
{
    private const int MaxTypeLength = 100;

    public static HostAnswer Of(HttpResponseMessage response)
    {
        var type = response.Content.Headers.ContentType?.MediaType;
        return new((int)response.StatusCode, type?.Length > MaxTypeLength ? null : type, response.Content.Headers.ContentLength);
    }

    /// <summary>For a status that carries no file.</summary>
    public string Refusal => $"{this}; {Advice}";

    public string Redirect(string problem) => $"{this}, a redirect {problem}";

    public string Encoded(IReadOnlyList<string> codings) =>
        $"{this} and Content-Encoding {string.Join(", ", codings)}, which is not decoded; serve the file as it is to a request with Accept-Encoding: identity";

    public string BrokeOff(long received) => string.Create(
        CultureInfo.InvariantCulture, $"{this}, but the file broke off or came too slowly after {received} bytes; try again or use another host");

    /// <param name="wait">Asked for by the host.</param>
    /// <param name="tries">Made so far.</param>
    /// <param name="left">Time for another.</param>
    public string Busy(TimeSpan wait, int tries, TimeSpan left) => string.Create(
        CultureInfo.InvariantCulture,
        $"{this} and asked to wait {Math.Ceiling(wait.TotalSeconds):0} s after {tries} {(tries == 1 ? "try" : "tries")}, "
        + $"with {Math.Max(0, Math.Floor(left.TotalSeconds)):0} s left; create the run again later");

    public override string ToString()
    {
        var length = Length is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes") : null;
        var content = string.Join(", ", new[] { MediaType, length }.OfType<string>());
        return string.Create(CultureInfo.InvariantCulture, $"the host answered {Status}{(content.Length == 0 ? "" : $" with {content}")}");
    }

    private string Advice => Status switch
    {
        401 or 403 or 407 => "the URL must give the file without credentials, and a signed URL must be unchanged and not expired",
        404 or 410 => "check that the file is at this URL",
        429 or >= 500 => "create the run again later",
        _ => "the URL must give the whole file with status 200",
    };
}
