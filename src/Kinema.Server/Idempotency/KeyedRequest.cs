using System.Security.Cryptography;
using Kinema.Core.Idempotency;
using Kinema.Server.Errors;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Idempotency;

/// <summary>A request with an idempotency key, from the time its key was looked up. Ends when it is disposed; the key is then free for a repetition.</summary>
/// <param name="scope">What the key names.</param>
/// <param name="earlier">The answer to an earlier request with the key, or null.</param>
/// <param name="use">Keeps repetitions out.</param>
/// <param name="urls">Signs the URLs of a replayed answer.</param>
/// <param name="lifetime">How long an answer is kept.</param>
internal sealed class KeyedRequest(IdempotencyScope scope, StoredAnswer? earlier, IDisposable use, StoredUrls urls, TimeSpan lifetime) : IDisposable
{
    private byte[]? _digest;

    /// <summary>Whether the key came before: nothing new will be made, so what a server has no room for does not matter.</summary>
    public bool IsRepeated => earlier is not null;

    /// <summary>Whether the handler has stored the answer itself.</summary>
    public bool IsStored { get; private set; }

    /// <summary>Takes the unpacked body. Returns the earlier answer if there is one, or the refusal of another body.</summary>
    public IResult? Answer(ReadOnlySpan<byte> body)
    {
        _digest = SHA256.HashData(body);
        if (earlier is null)
            return null;
        if (!earlier.RequestDigest.Span.SequenceEqual(_digest))
            return ApiErrors.IdempotencyKeyReused();

        return earlier.Body is { } stored
            ? new ReplayedResult(urls.Insert(scope.OrgId, stored, earlier.SignedPlaces), earlier.Status, earlier.Location)
            : new ApiError(ErrorCode.RunNotFound, "The run that this Idempotency-Key made was deleted.");
    }

    /// <summary>The answer to a create of a run, to be stored with the run.</summary>
    public StoredAnswer ForRun(byte[] body, string location, Guid runId)
    {
        IsStored = true;
        return Make(body, location) with { RunId = runId };
    }

    /// <summary>Any other answer.</summary>
    /// <param name="body">Its body; signed URLs are left out, unless it stays as it is.</param>
    /// <param name="location">Its <c>Location</c>.</param>
    /// <param name="runId">The run that it tells of: erasing the run erases the answer.</param>
    /// <param name="asItIs">Whether the body must stay as it is.</param>
    public StoredAnswer ForResponse(byte[] body, string? location, Guid? runId, bool asItIs)
    {
        var answer = Make(body, location) with { RunId = runId };
        if (asItIs)
            return answer;

        var (rest, places) = urls.TakeOut(scope.OrgId, body);
        return answer with { Body = rest, SignedPlaces = places };
    }

    public void Dispose() => use.Dispose();

    private StoredAnswer Make(byte[] body, string? location) => new()
    {
        Scope = scope,
        RequestDigest = _digest ?? throw new InvalidOperationException("The body comes before the answer."),
        Status = StatusCodes.Status201Created,
        Body = body,
        Location = location,
        Lifetime = lifetime,
    };
}
