using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Kinema.TestSupport.OpenApi;

/// <summary>An operation of the document with its path.</summary>
internal sealed partial record ContractOperation(string Path, HttpMethod Method, JsonObject Description, JsonObject Document)
{
    private readonly Regex _pattern = new($"^{Parameter.Replace(Regex.Escape(Path).Replace("\\{", "{", StringComparison.Ordinal), Segment)}$");

    public string Id => Description["operationId"]!.GetValue<string>();

    /// <summary>The parameters, those that are shared too.</summary>
    public IEnumerable<JsonObject> Parameters => Description["parameters"]?.AsArray().Select(parameter => Resolve(parameter!)) ?? [];

    /// <summary>In the order in which they are to be tried: a path with fewer parameters says more.</summary>
    public static IReadOnlyList<ContractOperation> ReadAll(JsonObject document) =>
    [
        .. document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => new ContractOperation(path.Key, HttpMethod.Parse(operation.Key), operation.Value!.AsObject(), document)))
            .OrderBy(operation => operation.Path.Count(character => character == '{')),
    ];

    public bool Serves(HttpMethod method, string path) => method == Method && _pattern.IsMatch(path);

    /// <summary>The response of a status, or null where the document has none.</summary>
    public JsonObject? ResponseOf(int status) => Description["responses"]![status.ToString(System.Globalization.CultureInfo.InvariantCulture)] is { } response ? Resolve(response) : null;

    /// <summary>The headers that a response states.</summary>
    public IReadOnlyDictionary<string, JsonObject> HeadersOf(JsonObject response) =>
        (response["headers"]?.AsObject() ?? []).ToDictionary(header => header.Key, header => Resolve(header.Value!), StringComparer.OrdinalIgnoreCase);

    /// <summary>Names of the headers that some response states.</summary>
    public IEnumerable<string> KnownHeaders => Document["components"]!["headers"]!.AsObject().Select(header => header.Key);

    private JsonObject Resolve(JsonNode node) => node["$ref"]?.GetValue<string>().Split('/') is [_, _, var kind, var name]
        ? Document["components"]![kind]![name]!.AsObject()
        : node.AsObject();

    /// <summary>The key of an output file is the one parameter with slashes, which OpenAPI cannot say.</summary>
    private static string Segment(Match parameter) => parameter.Groups[1].Value == "key" ? ".+" : "[^/]+";

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parameter { get; }
}
