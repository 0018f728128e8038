using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kinema.Core.Callbacks;

namespace Kinema.Playground.Settings.Tester;

/// <summary>
/// Verifies a callback as its receiver would, by docs/callbacks.md and Standard Webhooks: over the bytes as they came, by signatures that are compared in constant
/// time, and not older than the tolerance. It shares no code with what signs.
/// </summary>
public sealed record CallbackCheck
{
    /// <summary>Allowed difference between the clocks of sender and receiver.</summary>
    public static TimeSpan Tolerance { get; } = TimeSpan.FromMinutes(5);

    private const string Prefix = "whsec_";
    private const int ShownCharacters = 10;

    public required IReadOnlyList<CheckStep> Steps { get; init; }

    /// <summary>Whether the organisation has a secret, so that a signature is due.</summary>
    public required bool IsSigned { get; init; }

    /// <summary>Whether the time and every signature are right.</summary>
    public bool IsGenuine => IsSigned && Steps.All(step => step.Passed);

    /// <summary>What a receiver answers: without secrets it can verify nothing and takes what comes.</summary>
    public int StatusCode => IsGenuine || !IsSigned ? 200 : 401;

    /// <param name="body">The bytes as they came.</param>
    /// <param name="headers">The headers.</param>
    /// <param name="secrets">The secrets that the receiver knows.</param>
    /// <param name="now">The receiver's time.</param>
    public static CallbackCheck Of(ReadOnlySpan<byte> body, IReadOnlyList<KeyValuePair<string, string>> headers, IReadOnlyList<LiveSecret> secrets, DateTimeOffset now)
    {
        var (id, timestamp) = (Header("webhook-id"), Header("webhook-timestamp"));
        List<CheckStep> steps =
        [
            new("Body", body.Length > 0, string.Create(CultureInfo.InvariantCulture, $"{body.Length} bytes, taken as they came, before parsing")),
            new("webhook-id", id is not null, id is null ? "missing" : $"{id}: the same in every attempt, so that repeats can be told"),
            TimeStep(timestamp, now),
        ];
        if (secrets.Count > 0)
        {
            var signatures = Header("webhook-signature")?.Split(' ') ?? [];
            foreach (var secret in secrets)
                steps.Add(WebhookStep(body, id, timestamp, signatures, secret));
            steps.Add(RunflowStep(body, Header("Runflow-Signature"), secrets));
        }

        return new() { Steps = steps, IsSigned = secrets.Count > 0 };

        string? Header(string name) => headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
    }

    private static CheckStep TimeStep(string? timestamp, DateTimeOffset now)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return new("webhook-timestamp", false, "missing, or no Unix time");

        var age = now.ToUnixTimeSeconds() - seconds;
        return new(
            "webhook-timestamp",
            Math.Abs((double)age) <= Tolerance.TotalSeconds,
            string.Create(CultureInfo.InvariantCulture, $"{seconds}: sent {age} s before it arrived; {Tolerance.TotalSeconds} s are allowed"));
    }

    private static CheckStep WebhookStep(ReadOnlySpan<byte> body, string? id, string? timestamp, string[] signatures, LiveSecret secret)
    {
        var name = $"webhook-signature, secret {NameOf(secret)}";
        if (!secret.Text.StartsWith(Prefix, StringComparison.Ordinal))
            return new(name, false, "the secret is not whsec_ and base64");

        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret.Text[Prefix.Length..]), signed));
        return AnyEquals(signatures, expected)
            ? new(name, true, $"{expected} is the HMAC-SHA256 of id.timestamp.body, keyed by the bytes that follow whsec_ in base64")
            : new(name, false, $"{expected} would be right; it is not among those sent");
    }

    private static CheckStep RunflowStep(ReadOnlySpan<byte> body, string? signature, IReadOnlyList<LiveSecret> secrets)
    {
        const string name = "Runflow-Signature";
        if (signature is null)
            return new(name, false, "missing");

        foreach (var secret in secrets)
        {
            if (AnyEquals([signature], Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret.Text), body))))
                return new(name, true, $"{signature} is the HMAC-SHA256 of the body, keyed by the whole text of secret {NameOf(secret)}");
        }

        return new(name, false, $"{signature} fits none of the secrets");
    }

    private static bool AnyEquals(string[] sent, string expected)
    {
        var equal = false;
        foreach (var one in sent)
            equal |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(expected));
        return equal;
    }

    private static string NameOf(LiveSecret secret) => secret.Text[..Math.Min(ShownCharacters, secret.Text.Length)] + "…" + (secret.IsCurrent ? " (current)" : "");
}

/// <param name="Name">What was looked at.</param>
/// <param name="Passed">Whether it is right.</param>
/// <param name="Detail">What was found.</param>
public sealed record CheckStep(string Name, bool Passed, string Detail);
