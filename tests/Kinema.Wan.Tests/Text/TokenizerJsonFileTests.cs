using System.Text.Json.Nodes;
using Kinema.Wan.Tests.Checkpoints;
using Kinema.Wan.Text.Tokens;

namespace Kinema.Wan.Tests.Text;

public sealed class TokenizerJsonFileTests
{
    private const string Good = """
        {"normalizer":{"type":"Sequence","normalizers":[{"type":"Precompiled","precompiled_charsmap":null},{"type":"Replace"}]},
         "pre_tokenizer":{"type":"Metaspace","prepend_scheme":"always"},"added_tokens":[{"content":"<extra>"}],
         "model":{"type":"Unigram","unk_id":2,"byte_fallback":false,"vocab":[["<pad>",0],["</s>",0],["<unk>",0],["\u2581",-1],["a",-1]]}}
        """;

    [Fact]
    public void The_good_file_of_these_tests_is_read() => Read(Good).Encode("a").ShouldBe([3, 4, 1]);

    [Theory]
    [InlineData("model.type", "\"BPE\"", "\"model.type\" must be \"Unigram\", umT5's kind of model; it is \"BPE\"")]
    [InlineData("model.unk_id", "\"2\"", "\"model.unk_id\" must be a whole number; it is \"2\"")]
    [InlineData("model.unk_id", "9", "\"model.unk_id\" must be the index of one of the 5 pieces; it is 9")]
    [InlineData("model.unk_id", null, "\"model.unk_id\" is missing")]
    [InlineData("model.byte_fallback", "1", "\"model.byte_fallback\" must be true or false; it is 1")]
    [InlineData("model.vocab", null, "\"model.vocab\" is missing")]
    [InlineData("model.vocab", "{}", "\"model.vocab\" must be a list; it is {}")]
    [InlineData("model.vocab[3]", "[\"b\"]", "\"model.vocab[3]\" must be [text, score]; it is [\"b\"]")]
    [InlineData("model.vocab[1]", "[\"b\",0]", "\"model.vocab\" lacks the end token </s>")]
    [InlineData("model", null, "\"model\" is missing")]
    [InlineData("normalizer.normalizers[1].type", "\"NFKC\"", "\"normalizer.normalizers[1].type\" must be one of Precompiled, Replace, Strip, as in umT5's tokenizer; it is \"NFKC\"")]
    [InlineData("normalizer.normalizers[0].precompiled_charsmap", "\"#\"", "\"normalizer.normalizers[0].precompiled_charsmap\" must be a text in base64; it is \"#\"")]
    [InlineData("pre_tokenizer.type", "\"ByteLevel\"", "\"pre_tokenizer.type\" must be one of Metaspace, WhitespaceSplit, as in umT5's tokenizer; it is \"ByteLevel\"")]
    [InlineData("added_tokens[0].content", "7", "\"added_tokens[0].content\" must be a text; it is 7")]
    public void What_is_not_understood_is_named_by_its_key(string key, string? value, string error)
    {
        var json = JsonNode.Parse(Good)!;
        Set(json, key, value);

        Should.Throw<CheckpointException>(() => Read(json.ToJsonString())).Message.ShouldEndWith($"is not a tokenizer that this library can read: {error}.");
    }

    private static void Set(JsonNode root, string key, string? value)
    {
        var steps = key.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        var node = steps[..^1].Aggregate(root, (parent, step) => step[0] == '[' ? parent[Index(step)]! : parent[step]!);
        var (last, json) = (steps[^1], value is null ? null : JsonNode.Parse(value));
        if (last[0] == '[')
            node[Index(last)] = json;
        else if (value is null)
            node.AsObject().Remove(last);
        else
            node[last] = json;

        static int Index(string step) => step[1] - '0';
    }

    private static Tokenizer Read(string json)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("tokenizer.json"), json);
        return Tokenizer.Open(folder.File("tokenizer.json"));
    }
}
