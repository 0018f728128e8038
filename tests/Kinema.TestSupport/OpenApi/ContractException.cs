namespace Kinema.TestSupport.OpenApi;

/// <summary>A request or an answer is not as the OpenAPI document says.</summary>
public sealed class ContractException(HttpRequestMessage request, string problem)
    : Exception($"{request.Method} {request.RequestUri!.PathAndQuery} is not as the OpenAPI document says: {problem}");
