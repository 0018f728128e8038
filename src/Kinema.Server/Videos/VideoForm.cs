using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kinema.Core.Json;
using Kinema.Server.Errors;
using Kinema.Server.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Kinema.Server.Videos;

/// <summary>Members of a create request, from <c>multipart/form-data</c> or JSON, by their names in JSON: <c>extra_body[seed]</c> is <c>seed</c>.</summary>
/// <param name="Values">Texts of a form are strings, those of JSON what they were.</param>
/// <param name="File">The bytes of the part <c>input_reference</c>; they are part of the request's body.</param>
internal sealed record VideoForm(IReadOnlyDictionary<string, JsonNode> Values, ReadOnlyMemory<byte> File)
{
    public const string InputReference = "input_reference";

    private const int MaxParts = 64;
    private const int MaxHeaders = 16;

    /// <summary>Returns the error for a body of another type.</summary>
    public static ApiError? RefuseType(HttpRequest request) => TypeOf(request) is { } type && (IsForm(type) || IsJson(type))
        ? BodyEncoding.Refuse(request)
        : ApiErrors.UnsupportedMediaType($"The body must be multipart/form-data or application/json; got {(request.ContentType is { } got ? $"\"{got}\"" : "no Content-Type")}.");

    /// <param name="request">The request.</param>
    /// <param name="body">Its body.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<(VideoForm? Form, ApiError? Refusal)> ReadAsync(HttpRequest request, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var type = TypeOf(request)!;
        if (IsJson(type))
            return ReadJson(body);

        try
        {
            return await ReadFormAsync(HeaderUtilities.RemoveQuotes(type.Boundary).ToString(), body, ct);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException)
        {
            return (null, ApiErrors.BadRequest($"The form cannot be read: {e.Message}"));
        }
    }

    private static (VideoForm? Form, ApiError? Refusal) ReadJson(ReadOnlyMemory<byte> body)
    {
        var reading = StrictJson.Read(body.Length == 0 ? "{}"u8 : body.Span);
        if (reading.Value is not { } value)
            return (null, ApiErrors.InvalidJson(reading.Problem!));
        if (value.ValueKind != JsonValueKind.Object)
            return (null, ApiErrors.BadRequest($"The body must be a JSON object; got {value.ValueKind.ToString().ToLowerInvariant()}."));

        var values = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            if (member is { Name: "extra_body", Value.ValueKind: JsonValueKind.Object })
            {
                foreach (var extra in member.Value.EnumerateObject().Where(extra => extra.Value.ValueKind != JsonValueKind.Null))
                    values[extra.Name] = ToNode(extra.Value);
            }
            else if (member is { Name: InputReference, Value.ValueKind: JsonValueKind.Object })
            {
                foreach (var kind in member.Value.EnumerateObject().Where(kind => kind.Value.ValueKind != JsonValueKind.Null))
                    values[$"{InputReference}[{kind.Name}]"] = ToNode(kind.Value);
            }
            else
            {
                values[member.Name] = ToNode(member.Value);
            }
        }

        return (new(values, ReadOnlyMemory<byte>.Empty), null);
    }

    private static async Task<(VideoForm? Form, ApiError? Refusal)> ReadFormAsync(string boundary, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        using var stream = Stream(body);
        var reader = new MultipartReader(boundary, stream) { HeadersCountLimit = MaxHeaders };
        var values = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        var file = ReadOnlyMemory<byte>.Empty;
        for (var parts = 0; await reader.ReadNextSectionAsync(ct) is { } section; parts++)
        {
            if (parts == MaxParts)
                return (null, ApiErrors.BadRequest($"The form must have at most {MaxParts} parts."));
            if (section.GetContentDispositionHeader() is not { } disposition || HeaderUtilities.RemoveQuotes(disposition.Name).ToString() is not { Length: > 0 } name)
                return (null, ApiErrors.BadRequest("A part of the form has no name."));

            // The body is in memory already: the part is a piece of it, and nothing is copied.
            await section.Body.CopyToAsync(System.IO.Stream.Null, ct);
            var bytes = body.Slice((int)section.BaseStreamOffset!.Value, (int)section.Body.Length);
            if (!disposition.IsFileDisposition())
                values[Plain(name)] = JsonValue.Create(Encoding.UTF8.GetString(bytes.Span));
            else if (name == InputReference)
                file = bytes;
            else
                return (null, ApiErrors.BadRequest($"The part \"{Core.Catalog.ReceivedValue.Shorten(name)}\" is a file; {InputReference} is the only one that may be."));
        }

        return (new(values, file), null);
    }

    /// <summary><c>extra_body[seed]</c> is <c>seed</c>: so clients write nested members.</summary>
    private static string Plain(string name) => name.StartsWith("extra_body[", StringComparison.Ordinal) && name.EndsWith(']') ? name["extra_body[".Length..^1] : name;

    private static JsonNode ToNode(JsonElement value) => JsonNode.Parse(value.GetRawText())!;

    private static MediaTypeHeaderValue? TypeOf(HttpRequest request) => MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type : null;

    private static bool IsForm(MediaTypeHeaderValue type) => type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) && type.Boundary.HasValue;

    private static bool IsJson(MediaTypeHeaderValue type) => type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private static MemoryStream Stream(ReadOnlyMemory<byte> body) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(body, out var part) ? new(part.Array!, part.Offset, part.Count, writable: false) : new(body.ToArray(), writable: false);
}
