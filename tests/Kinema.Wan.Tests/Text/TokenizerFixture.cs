using System.Text.Json;
using Kinema.Wan.Tests.Fixtures;

namespace Kinema.Wan.Tests.Text;

/// <summary>The folder <c>tokenizer/</c> of the fixtures: models, and <c>tok.json</c> with what the reference makes of awkward texts.</summary>
internal static class TokenizerFixture
{
    private static readonly string _folder = Path.Combine(FixtureFolder.Root, "tokenizer");

    private static readonly Lazy<JsonElement> _cases = new(
        () => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder, "tok.json"))).RootElement);

    /// <summary>The keys of <c>tok.json</c> for which there is a model file whose name ends with them.</summary>
    public static IEnumerable<string> Models => File.Exists(Path.Combine(_folder, "tok.json"))
        ? _cases.Value.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Array && Find(p.Name) is not null).Select(p => p.Name)
        : [];

    public static string PathOf(string model) => Find(model)!;

    public static IEnumerable<(string Text, IReadOnlyList<int> Ids)> Cases(string model) => _cases.Value.GetProperty(model).EnumerateArray()
        .Select(e => (e.GetProperty("text").GetString()!, (IReadOnlyList<int>)[.. e.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())]));

    public static IEnumerable<(string Text, string Cleaned)> CleanCases => File.Exists(Path.Combine(_folder, "tok.json")) && _cases.Value.TryGetProperty("clean", out var clean)
        ? clean.EnumerateArray().Select(e => (e.GetProperty("text").GetString()!, e.GetProperty("cleaned").GetString()!))
        : [];

    private static string? Find(string model) => Directory.EnumerateFiles(_folder, $"*{model}.model").FirstOrDefault();
}
