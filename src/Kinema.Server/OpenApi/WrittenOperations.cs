using Microsoft.OpenApi;

namespace Kinema.Server.OpenApi;

/// <summary>The written operations, each to be taken by the route that serves it.</summary>
internal sealed class WrittenOperations(OpenApiDocument written)
{
    /// <summary>Marks operations that the public document leaves out.</summary>
    public const string Internal = "x-internal";

    /// <summary>One route serves all paths below a model; see <see cref="Models.ModelPath"/>.</summary>
    private const string ModelRoute = "/v1/models/{owner}/{slug}";

    private readonly Dictionary<(string Path, HttpMethod Method), OpenApiOperation> _left = written.Paths
        .SelectMany(path => path.Value.Operations!.Select(operation => (path.Key, operation.Key, operation.Value)))
        .ToDictionary(operation => (operation.Item1, operation.Item2), operation => operation.Value);

    public IReadOnlyList<(string Path, OpenApiOperation Operation)> Take(string route, HttpMethod method)
    {
        var taken = _left.Where(entry => entry.Key.Method == method && Serves(route, entry.Key.Path)).ToList();
        if (taken.Count == 0)
            throw new InvalidOperationException($"No file *.openapi.json describes {method} {route}.");

        foreach (var entry in taken)
            _left.Remove(entry.Key);
        return [.. taken.Select(entry => (entry.Key.Path, entry.Value))];
    }

    public void ShouldBeEmpty()
    {
        if (_left.Count > 0)
            throw new InvalidOperationException($"No route serves {string.Join(", ", _left.Keys.Select(key => $"{key.Method} {key.Path}"))}.");
    }

    private static bool Serves(string route, string path) => route == ModelRoute ? ModelPaths.IsTemplate(path) : route == path;
}
