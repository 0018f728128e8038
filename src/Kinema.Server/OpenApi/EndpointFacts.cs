using System.Text.Json.Nodes;
using Kinema.Server.Auth;
using Kinema.Server.Connections;
using Kinema.Server.RateLimits;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;

namespace Kinema.Server.OpenApi;

/// <summary>Adds to an operation what its endpoint's metadata say: key and scope, headers, and every refusal.</summary>
internal sealed class EndpointFacts(OpenApiDocument document, OpenApiDocument written)
{
    private const string OwnErrors = "x-errors";
    private const string Json = "application/json";

    private readonly RefusalResponses _refusals = new(document, written);

    /// <summary>The responses that the operations so far refer to.</summary>
    public IDictionary<string, IOpenApiResponse> Refusals => _refusals.All;

    public void Apply(OpenApiOperation operation, HttpMethod method, IList<object> metadata)
    {
        var requirements = metadata.OfType<AuthorizationPolicy>().SelectMany(policy => policy.Requirements).ToList();
        var request = new RequestFacts
        {
            NeedsKey = requirements.Count > 0,
            TakesOrganization = requirements.OfType<OwnOrganizationRequirement>().Any(),
            IsCounted = !metadata.OfType<WithoutRate>().Any() && !metadata.OfType<ServedWhenBusy>().Any(),
            IsServedWhenBusy = metadata.OfType<ServedWhenBusy>().Any(),
            TakesBody = operation.RequestBody is not null,
            TakesJson = operation.RequestBody?.Content?.ContainsKey(Json) == true,
            TakesIdempotencyKey = method == HttpMethod.Post && requirements.Count > 0 && !metadata.OfType<Idempotency.WithoutIdempotency>().Any(),
        };
        AddKey(operation, request, metadata.OfType<WorkerRoute>().Any() ? "Needs a worker key." : DescribeKey(requirements));
        AddHeaders(operation, request);
        var codes = request.Refusals.Concat(TakeOwnErrors(operation));
        foreach (var (status, response) in _refusals.Of(codes))
            operation.Responses![status] = response;
    }

    private void AddKey(OpenApiOperation operation, RequestFacts request, string neededKey)
    {
        operation.Description = string.Join("\n\n", new[] { operation.Description, neededKey }.OfType<string>());
        if (request.NeedsKey)
            operation.Security = [new() { [new OpenApiSecuritySchemeReference("HTTPBearer", document)] = [] }];

        operation.Parameters ??= [];
        if (request.TakesOrganization)
            operation.Parameters.Add(new OpenApiParameterReference("organization", document));
        if (request.TakesIdempotencyKey)
            operation.Parameters.Add(new OpenApiParameterReference("idempotency_key", document));
    }

    private static string DescribeKey(IReadOnlyList<IAuthorizationRequirement> requirements) => requirements switch
    {
        [] => "Needs no key.",
        _ when requirements.OfType<ScopeRequirement>().FirstOrDefault() is { } scope => $"Needs a key with the scope `{scope.Scope}`.",
        _ when requirements.OfType<PlatformAdminRequirement>().Any() => "Needs the key of a platform administrator.",
        _ => "Needs a key.",
    };

    private void AddHeaders(OpenApiOperation operation, RequestFacts request)
    {
        foreach (var response in operation.Responses!.Values.OfType<OpenApiResponse>())
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>();
            foreach (var name in request.AnswerHeaders)
                response.Headers[name] = new OpenApiHeaderReference(name, document);
        }
    }

    private static IEnumerable<string> TakeOwnErrors(OpenApiOperation operation) =>
        operation.Extensions?.Remove(OwnErrors, out var own) == true && own is JsonNodeExtension { Node: JsonArray codes }
            ? codes.Select(code => code!.GetValue<string>())
            : [];
}
