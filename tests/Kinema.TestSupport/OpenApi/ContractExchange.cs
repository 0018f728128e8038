using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Kinema.TestSupport.OpenApi;

/// <summary>A request and its answer, beside the operation that they belong to.</summary>
internal sealed class ContractExchange(HttpRequestMessage request, HttpResponseMessage response, ContractSchemas schemas)
{
    private const string Json = "application/json";
    private const string Anything = "*/*";
    private const string RequestId = "Runflow-Request-Id";

    private bool HasBody => request.Method != HttpMethod.Head && response.StatusCode is not (HttpStatusCode.NotModified or HttpStatusCode.NoContent);

    public async Task CheckAsync(ContractOperation operation, CancellationToken ct)
    {
        var status = (int)response.StatusCode;
        if (operation.ResponseOf(status) is not { } documented)
            throw Problem($"{operation.Id} has no answer {status}: {await response.Content.ReadAsStringAsync(ct)}");

        if (response.IsSuccessStatusCode)
        {
            CheckParameters(operation);
            await CheckRequestAsync(operation, ct);
        }

        CheckHeaders(operation, documented);
        if (HasBody)
            await CheckAnswerAsync(operation, documented, ct);
    }

    /// <summary>What the document does not have, the server refuses.</summary>
    public async Task CheckRefusalAsync(CancellationToken ct)
    {
        if ((int)response.StatusCode < 400)
            throw Problem($"it has no such operation, but the answer is {(int)response.StatusCode}");
        if (HasBody)
            Require(schemas.Refusal, await ReadAsync(response.Content, ct), "the refusal");
    }

    private void CheckParameters(ContractOperation operation)
    {
        var query = QueryHelpers.ParseQuery(request.RequestUri!.Query);
        foreach (var parameter in operation.Parameters.Where(parameter => parameter["in"]!.GetValue<string>() == "query"))
        {
            var name = parameter["name"]!.GetValue<string>();
            string? value = query.GetValueOrDefault(name);
            if (value is null && parameter["required"] is not null)
                throw Problem($"{name} is required, but the request without it was accepted");
            if (!string.IsNullOrEmpty(value))
                Require(schemas.Of(parameter["schema"]!), long.TryParse(value, CultureInfo.InvariantCulture, out var number) && IsInteger(parameter) ? number : value, name);
        }
    }

    /// <summary>A header that the document knows must be as stated, and, except in a refusal, stated for this answer.</summary>
    private void CheckHeaders(ContractOperation operation, JsonObject documented)
    {
        var stated = operation.HeadersOf(documented);
        foreach (var name in operation.KnownHeaders.Where(name => Header(name) is not null))
        {
            if (!stated.TryGetValue(name, out var header))
            {
                if ((int)response.StatusCode < 400)
                    throw Problem($"{operation.Id} has no header {name} in its answer {(int)response.StatusCode}");
                continue;
            }

            Require(schemas.Of(header["schema"]!), long.TryParse(Header(name), CultureInfo.InvariantCulture, out var number) && IsInteger(header) ? number : Header(name), name);
        }

        if (stated.ContainsKey(RequestId) && Header(RequestId) is null)
            throw Problem($"the answer has no {RequestId}");
    }

    private string? Header(string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    private async Task CheckRequestAsync(ContractOperation operation, CancellationToken ct)
    {
        if (operation.Description["requestBody"] is not { } documented || documented["content"]![Json] is not { } json)
            return;

        var body = request.Content is null ? "" : await UnpackAsync(request.Content, ct);
        if (body.Length > 0)
            Require(schemas.Of(json["schema"]!), JsonNode.Parse(body), "the request");
        else if (documented["required"] is not null)
            throw Problem("the request has no body, but was accepted");
    }

    private async Task CheckAnswerAsync(ContractOperation operation, JsonObject documented, CancellationToken ct)
    {
        if (documented["content"]?.AsObject() is not { } content)
        {
            if ((await response.Content.ReadAsByteArrayAsync(ct)).Length > 0)
                throw Problem($"{operation.Id} has an answer {(int)response.StatusCode} without a body");
            return;
        }

        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        if ((content[type] ?? content[Anything]) is not { } media)
            throw Problem($"{operation.Id} does not answer {(int)response.StatusCode} as \"{type}\"");
        if (type == Json && media["schema"] is { } schema)
            Require(schemas.OfAnswer(schema, IsCut()), await ReadAsync(response.Content, ct), $"the answer {(int)response.StatusCode}");
    }

    /// <summary>Whether records show only the members that the caller named.</summary>
    private bool IsCut() => QueryHelpers.ParseQuery(request.RequestUri!.Query).TryGetValue("fields", out var fields) && !string.IsNullOrWhiteSpace(fields);

    private static bool IsInteger(JsonObject described) => described["schema"]!["type"]!.GetValue<string>() == "integer";

    private static async Task<JsonNode?> ReadAsync(HttpContent content, CancellationToken ct)
    {
        await content.LoadIntoBufferAsync(ct);
        return JsonNode.Parse(await content.ReadAsByteArrayAsync(ct));
    }

    private static async Task<string> UnpackAsync(HttpContent content, CancellationToken ct)
    {
        var bytes = await content.ReadAsStreamAsync(ct);
        bytes.Position = 0;
        var isPacked = content.Headers.ContentEncoding.Any(encoding => encoding.EndsWith("gzip", StringComparison.OrdinalIgnoreCase));
        using var text = new StreamReader(isPacked ? new GZipStream(bytes, CompressionMode.Decompress) : bytes, leaveOpen: true);
        return await text.ReadToEndAsync(ct);
    }

    private void Require(ContractSchema schema, JsonNode? value, string what)
    {
        if (schema.FindProblem(value) is { } problem)
            throw Problem($"{what} {problem}");
    }

    private ContractException Problem(string text) => new(request, text);
}
