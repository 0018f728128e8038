using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;

namespace Kinema.Client;

/// <summary>One call of the API.</summary>
/// <param name="Method">Method.</param>
/// <param name="Path">Path from the root, with its query.</param>
internal sealed record ApiCall(HttpMethod Method, string Path)
{
    public HttpContent? Body { get; init; }

    /// <summary>Whether a second sending changes nothing more.</summary>
    public bool IsRepeatable { get; init; } = true;

    public string? IdempotencyKey { get; init; }

    /// <summary>How long the server shall hold its answer.</summary>
    public TimeSpan Wait { get; init; }

    public string? Source { get; init; }

    public static ApiCall Get(string path) => new(HttpMethod.Get, path);

    /// <summary>A POST under a key of the client's own, so that it can be repeated.</summary>
    public static ApiCall Post<T>(string path, T body, JsonTypeInfo<T> type) => Post(path) with { Body = JsonContent.Create(body, type) };

    /// <inheritdoc cref="Post{T}"/>
    public static ApiCall Post(string path) => new(HttpMethod.Post, path) { IdempotencyKey = NewKey() };

    public ApiCall With(RunOptions? options) => this with
    {
        // A key of the caller's is the caller's to repeat: the client cannot know what it was used for before.
        IdempotencyKey = options?.IdempotencyKey ?? IdempotencyKey,
        IsRepeatable = options?.IdempotencyKey is null,
        Wait = options?.Wait ?? TimeSpan.Zero,
    };

    private static string NewKey() => Guid.CreateVersion7().ToString();
}
