using Kinema.Core.Catalog;
using Kinema.Server.Requests;
using Kinema.Server.Status;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Kinema.Server.OpenApi;

/// <summary>
/// Joins what is written about the operations with the routes that the server has and the models that it offers. A route that nobody described, and a
/// description without a route, are faults.
/// </summary>
internal sealed class DescribeApi(ICatalog catalog, ServerAddress address) : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var written = WrittenApi.Read();
        var operations = new WrittenOperations(written);
        var endpoints = new EndpointFacts(document, written);
        var paths = new OpenApiPaths();
        foreach (var route in context.DescriptionGroups.SelectMany(group => group.Items).Where(OpenApiRoutes.IsDescribed))
        {
            var (path, method) = (OpenApiRoutes.PathOf(route), HttpMethod.Parse(route.HttpMethod!));
            var tags = document.Paths[path].Operations![method].Tags;
            foreach (var (writtenPath, operation) in operations.Take(path, method))
            {
                operation.Tags = tags;
                endpoints.Apply(operation, method, route.ActionDescriptor.EndpointMetadata);
                Add(paths, writtenPath, method, operation);
            }
        }

        operations.ShouldBeEmpty();
        document.Info = written.Info;
        document.Info.Version = StatusEndpoints.Version;
        document.Servers = [new OpenApiServer { Url = address.Base.AbsoluteUri.TrimEnd('/'), Description = "This server" }];
        document.Tags = written.Tags;
        document.Components = written.Components;
        document.Components!.Responses = endpoints.Refusals;
        document.Paths = paths;
        foreach (var model in catalog.EnabledModels)
            ModelPaths.Add(document, model);
        if (context.DocumentName == OpenApiDocuments.Public)
            RemoveInternal(document);
        return Task.CompletedTask;
    }

    internal static void Add(OpenApiPaths paths, string path, HttpMethod method, OpenApiOperation operation)
    {
        if (!paths.TryGetValue(path, out var item))
            paths[path] = item = new OpenApiPathItem();
        ((OpenApiPathItem)item).AddOperation(method, operation);
    }

    private static void RemoveInternal(OpenApiDocument document)
    {
        foreach (var (path, item) in document.Paths.ToList())
        {
            foreach (var (method, _) in item.Operations!.Where(operation => operation.Value.Extensions?.ContainsKey(WrittenOperations.Internal) == true).ToList())
                item.Operations!.Remove(method);
            if (item.Operations!.Count == 0)
                document.Paths.Remove(path);
        }
    }
}
