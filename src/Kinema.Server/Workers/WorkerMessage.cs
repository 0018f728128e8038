using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kinema.Core.Catalog;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Workers;

/// <summary>Reads and writes messages of the worker protocol.</summary>
internal static class WorkerMessage
{
    public static async Task<(T? Message, IResult? Refusal)> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
    {
        var (body, refusal) = await JsonBody.ReadObjectAsync(request, ct);
        if (refusal is not null)
            return (null, refusal);

        try
        {
            return (body.Deserialize(type)!, null);
        }
        catch (JsonException e)
        {
            var field = e.Path is { Length: > 2 } path ? path[2..] : "body";
            return (null, WorkerErrors.Invalid(field, "is not what the protocol says: see docs/worker-protocol.md", FieldErrorTypes.Type));
        }
        catch (InvalidOperationException)
        {
            return (null, ApiErrors.InvalidJson("A text holds half of a surrogate pair."));
        }
    }

    public static IResult Answer<T>(T message, JsonTypeInfo<T> type) => new JsonBodyResult(JsonSerializer.SerializeToUtf8Bytes(message, type));
}
