using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Kinema.Server.OpenApi;

internal static class OpenApiExtensions
{
    public static IServiceCollection AddOpenApiDocuments(this IServiceCollection services) => services
        .AddOpenApi(OpenApiDocuments.Full, Describe)
        .AddOpenApi(OpenApiDocuments.Public, Describe)
        .AddSingleton<OpenApiDocuments>();

    public static void MapOpenApiDocuments(this IEndpointRouteBuilder app)
    {
        var documents = app.MapGroup("").WithTags("Status");
        documents.MapGet("/v1/openapi.json", (OpenApiDocuments documents, HttpResponse response) => SendAsync(documents, OpenApiDocuments.Full, response));
        documents.MapGet("/api/openapi.public.json", (OpenApiDocuments documents, HttpResponse response) => SendAsync(documents, OpenApiDocuments.Public, response));
    }

    private static async Task<IResult> SendAsync(OpenApiDocuments documents, string name, HttpResponse response) => (await documents.ReadAsync(name)).Send(response);

    private static void Describe(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = OpenApiRoutes.IsDescribed;
        options.AddDocumentTransformer<DescribeApi>();
    }
}
