using System.Text;
using Kinema.Core.Callbacks;

namespace Kinema.Playground.Settings.Tester;

/// <summary>A callback that the dispatcher handed to the tester.</summary>
/// <param name="RunId">The run.</param>
/// <param name="At">When it arrived.</param>
/// <param name="IsGenuine">Whether it was genuine by the secrets of then.</param>
/// <param name="Headers">The headers that arrived.</param>
/// <param name="Body">The body.</param>
public sealed record ArrivedCallback(Guid RunId, DateTimeOffset At, bool IsGenuine, IReadOnlyList<KeyValuePair<string, string>> Headers, string Body)
{
    public bool IsSigned => Headers.Any(header => header.Key == CallbackSigner.SignatureHeader);

    /// <summary>Those of a delivery's attempts that reached the tester.</summary>
    public static IEnumerable<ArrivedCallback> Of(Delivery delivery)
    {
        foreach (var attempt in delivery.Attempts)
        {
            if (OwnReceiver.ReadAnswer(attempt.ResponseBody) is var (isGenuine, headers))
                yield return new(delivery.RunId, attempt.CreatedAt, isGenuine, headers, Encoding.UTF8.GetString(delivery.Payload.Span));
        }
    }
}
