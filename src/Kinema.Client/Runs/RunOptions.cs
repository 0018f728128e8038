using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Kinema.Client;

/// <summary>How a run is created, beside its input.</summary>
public sealed record RunOptions
{
    private static readonly TimeSpan _maxWait = TimeSpan.FromSeconds(60);

    /// <summary>URL that receives the callback when the run ends, up to 2048 characters; null for none.</summary>
    public string? CallbackUrl { get; init; }

    /// <summary>Metadata that the run record and the callback repeat, up to 16 KiB.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>The caller's own reference for the run, up to 255 characters; not unique.</summary>
    public string? ClientRef { get; init; }

    /// <summary>How long the server may hold its answer for the run to end, 0 to 60 seconds; it comes on top of the client's timeout.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>
    /// <c>Idempotency-Key</c> of a create that your program repeats itself, also after a restart: 1 to 255 visible ASCII characters. The client then repeats nothing.
    /// Null lets the client make a key for each call.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    internal void Check()
    {
        if (Wait is { } wait && (wait < TimeSpan.Zero || wait > _maxWait))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"RunOptions.Wait must be 0 to 60 seconds; got {wait.TotalSeconds} s."));
        if (IdempotencyKey is { } key && (key.Length is 0 or > 255 || key.Any(c => c is <= ' ' or > '~')))
            throw new ArgumentException($"RunOptions.IdempotencyKey must be 1 to 255 visible ASCII characters; got {key.Length} characters.");
    }

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"ClientRef = {ClientRef}, Wait = {Wait}");
        return true;
    }
}
