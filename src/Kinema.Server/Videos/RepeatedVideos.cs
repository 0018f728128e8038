using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Kinema.Core.Lists;
using Kinema.Core.Runs;
using Kinema.Server.Auth;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Videos;

/// <summary>
/// Finds the run of a create that a client repeats by itself: the header says that it is a repetition, and a run of the same key and body is younger than a minute. The run
/// keeps the digest, so that a server that started in between knows it too.
/// </summary>
internal sealed class RepeatedVideos(IRunLedger runs, TimeProvider timeProvider)
{
    private const string RetryCount = "x-stainless-retry-count";
    private const int MostExamined = 500;

    private static readonly TimeSpan _window = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<(Guid Key, string Digest), int> _underWay = new();

    /// <summary>Whether the client says that it sent the request before.</summary>
    public static bool IsRepetition(HttpRequest request) =>
        int.TryParse(request.Headers[RetryCount].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1;

    /// <summary>Marks a create as under way until the result is disposed.</summary>
    public IDisposable Begin(Caller caller, string digest)
    {
        var place = (caller.Key.Id, digest);
        _underWay.AddOrUpdate(place, 1, (_, count) => count + 1);
        return new Use(this, place);
    }

    /// <summary>Whether the first request is still being answered.</summary>
    public bool IsUnderWay(Caller caller, string digest) => _underWay.ContainsKey((caller.Key.Id, digest));

    public async Task<Run?> FindAsync(Caller caller, string digest, CancellationToken ct)
    {
        var since = timeProvider.GetUtcNow() - _window;
        var query = new RunListQuery
        {
            Limit = MostExamined,
            Filter = new Filter.Comparison(RunFields.CreatedAt, FilterOperator.GreaterOrEqual, since.ToUnixTimeMilliseconds() * 1000),
        };
        return (await runs.ListAsync(caller.OrgId, query, ct)).Items.FirstOrDefault(run => run.CreatedBy == caller.Key.Id && DigestOf(run) == digest);
    }

    private static string? DigestOf(Run run)
    {
        if (run.MetadataJson is not { } text)
            return null;

        using var metadata = JsonDocument.Parse(text);
        return metadata.RootElement.TryGetProperty(VideoOrder.Name, out var kept) && kept.ValueKind == JsonValueKind.Object && kept.TryGetProperty("digest", out var digest) ? digest.ToString() : null;
    }

    private void End((Guid Key, string Digest) place)
    {
        if (_underWay.AddOrUpdate(place, 0, (_, count) => count - 1) <= 0)
            _underWay.TryRemove(KeyValuePair.Create(place, 0));
    }

    private sealed class Use(RepeatedVideos owner, (Guid Key, string Digest) place) : IDisposable
    {
        public void Dispose() => owner.End(place);
    }
}
