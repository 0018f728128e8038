using System.Text.Json.Nodes;
using Kinema.Core.Catalog;

namespace Kinema.Core.Tests.Catalog;

public sealed class ManifestReaderTests
{
    [Theory]
    [InlineData("id", null, "id is missing; it must be a string")]
    [InlineData("id", "\"x\"", "id must be a UUID")]
    [InlineData("slug", "\"runs\"", "slug must be owner/name")]
    [InlineData("slug", "\"studio/Loop\"", "slug must be owner/name")]
    [InlineData("slug", "\"studio/../x\"", "slug must be owner/name")]
    [InlineData("slug", "\"studio/loop/runs\"", "slug must not have the part runs")]
    [InlineData("slug", "\"studio/inputs/loop\"", "slug must not have the part inputs")]
    [InlineData("version", "0", "version must be 1 or more")]
    [InlineData("version", "\"1\"", "version must be an integer")]
    [InlineData("last_updated", "\"2026-13-01\"", "last_updated must be a date")]
    [InlineData("poster", "\"../poster.jpg\"", "poster must be a path from the manifest's folder")]
    [InlineData("poster", "\"/etc/poster.jpg\"", "poster must be a path from the manifest's folder")]
    [InlineData("poster", "\"poster.gif\"", "poster must be a path from the manifest's folder to a file of .jpg, .png, .webp; got \"poster.gif\"")]
    [InlineData("preview", "\"preview.mp4\"", "preview must come with a poster")]
    [InlineData("enabled", "\"yes\"", "enabled must be true or false")]
    [InlineData("taglin", "\"x\"", "taglin is not known here")]
    [InlineData("price", "5", "price must be an object")]
    [InlineData("price.amount", "\"0.0000001\"", "price.amount must be decimal dollars")]
    [InlineData("price.amount", "\"-1\"", "price.amount must be decimal dollars")]
    [InlineData("price.unit", "\"image\"", "price.unit must be second")]
    [InlineData("price.currency", "\"USD\"", "price.currency is not known here")]
    [InlineData("inputs.0.type", "\"text\"", "inputs[0].type must be one of string, integer, boolean, number, list, image, video, file; got \"text\"")]
    [InlineData("inputs.0.type", "\"integer\"", "inputs.words.type must be string for the meaning prompt")]
    [InlineData("inputs.0.meaning", "\"first_frame\"", "inputs.words.type must be image for the meaning first_frame")]
    [InlineData("inputs.0.name", "\"dice\"", "inputs names dice twice")]
    [InlineData("inputs.0.name", "\"Words\"", "inputs.Words must be named with lower-case letters")]
    [InlineData("inputs.0.maximum", "5", "inputs.words has minimum or maximum")]
    [InlineData("inputs.0.media", "{\"content_types\":[\"image/png\"],\"max_bytes\":1}", "inputs.words.media must be given for image, video and file")]
    [InlineData("inputs.1.media", null, "inputs.still.media must be given")]
    [InlineData("inputs.1.media.max_bytes", null, "inputs[1].media.max_bytes is missing")]
    [InlineData("inputs.1.default", "\"https://example.com/a.png\"", "inputs.still.default must not be given: a medium comes from the caller")]
    [InlineData("inputs.3.maximum", "4294967296", "inputs.dice must have a minimum and a maximum from 0 to 2147483647")]
    [InlineData("inputs.2.default", "9", "inputs.length.default breaks the field's own rule: input.length must be an integer from 1 to 4")]
    [InlineData("inputs.2.default", null, "inputs must have a duration with minimum, maximum and a default")]
    [InlineData("inputs.2.default", "4.5", "inputs[2].default must be a string, an integer or true or false")]
    [InlineData("inputs.2.minimum", "9", "inputs.length has a minimum above its maximum")]
    [InlineData("inputs.3.minimum", "0.5", "inputs.dice has a minimum, maximum or step that is no integer")]
    [InlineData("inputs.3.step", "0", "inputs.dice.step must be above 0 and come with a minimum")]
    [InlineData("inputs.3.max_items", "2", "inputs.dice.max_items must be 1 or more for a list, and given for nothing else")]
    [InlineData("inputs.0.step", "2", "inputs.words has minimum or maximum or step")]
    [InlineData("inputs.3", """{"name":"styles","type":"list","meaning":"engine_setting","display_name":"","description":"","max_items":2}""", "inputs.styles must have allowed_values or a max_length")]
    [InlineData("inputs.3", """{"name":"styles","type":"list","meaning":"engine_setting","display_name":"","description":"","max_length":9}""", "inputs.styles.max_items must be 1 or more for a list")]
    [InlineData("inputs.3", """{"name":"pull","type":"number","meaning":"engine_setting","display_name":"","description":"","minimum":1}""", "inputs.pull must have a minimum and a maximum")]
    [InlineData("inputs.3", """{"name":"pull","type":"number","meaning":"engine_setting","display_name":"","description":"","minimum":1,"maximum":2,"default":2.5}""", "inputs.pull.default breaks the field's own rule: input.pull must be a number from 1 to 2; got 2.5")]
    [InlineData("inputs.3", """{"name":"pictures","type":"integer","meaning":"frames","display_name":"","description":"","minimum":5,"maximum":81,"step":4}""", "frame_rate is missing: the duration of pictures follows from it")]
    [InlineData("engines", "[\"Wan\"]", "engines must be ids of engines: lower-case letters, digits and dashes; got \"Wan\"")]
    [InlineData("frame_rate", "0", "frame_rate must be from 1 to 240; got 0")]
    [InlineData("setup", "{\"page\":\"x\"}", "setup.text is missing")]
    [InlineData("setup", "{\"text\":\"x\",\"page\":\"../x\"}", "setup.page must be a path below /docs/")]
    [InlineData("inputs.3.meaning", "\"duration\"", "inputs have two fields with the meaning duration")]
    [InlineData("exactly_one_of", "[[\"still\",\"clip\"]]", "exactly_one_of names clip, which is not an input")]
    [InlineData("not_together", "[[\"still\"]]", "not_together must hold groups of two")]
    [InlineData("examples", "[{\"title\":\"x\",\"input\":{}}]", "examples[0] would be refused: input.words is required")]
    public void A_manifest_that_breaks_a_rule_is_refused_with_file_and_field(string place, string? value, string message)
    {
        var manifest = JsonNode.Parse(TestCatalog.Text("Catalog/Fixtures/second-model.json"))!;
        Change(manifest, place, value);

        var error = Should.Throw<ManifestException>(() => ManifestReader.Read(manifest.ToJsonString(), "loop.json"));

        error.Message.ShouldStartWith($"loop.json: {message}");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"id\":1,\"id\":2}")]
    [InlineData("{} // note")]
    public void A_file_that_is_not_strict_json_is_refused(string text) =>
        Should.Throw<ManifestException>(() => ManifestReader.Read(text, "loop.json")).Message.ShouldStartWith("loop.json: not valid JSON");

    [Fact]
    public void A_file_that_holds_no_object_is_refused() =>
        Should.Throw<ManifestException>(() => ManifestReader.Read("[]", "loop.json")).Message.ShouldBe("loop.json: the manifest must be a JSON object");

    private static void Change(JsonNode root, string place, string? value)
    {
        var steps = place.Split('.');
        var parent = steps[..^1].Aggregate(root, (node, step) => int.TryParse(step, out var i) ? node[i]! : node[step]!);
        if (value is null)
            parent.AsObject().Remove(steps[^1]);
        else if (int.TryParse(steps[^1], out var index))
            parent[index] = JsonNode.Parse(value);
        else
            parent[steps[^1]] = JsonNode.Parse(value);
    }
}
