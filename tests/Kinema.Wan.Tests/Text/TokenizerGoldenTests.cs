using System.Text.Json;
using Kinema.Wan.Tests.Fixtures;
using Kinema.Wan.Text.Tokens;

namespace Kinema.Wan.Tests.Text;

public sealed class TokenizerGoldenTests
{
    public static TheoryData<string> Models => [.. TokenizerFixture.Models];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Models))]
    public void Every_text_is_tokenized_as_in_SentencePiece(string model)
        => ShouldEncodeAll(model, new(SentencePieceFile.Read(TokenizerFixture.PathOf(model))));

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Models))]
    public void The_Hugging_Face_form_of_a_model_gives_the_same_ids(string model)
    {
        var folder = Directory.CreateTempSubdirectory("kinema-tokenizer-");
        try
        {
            var path = Path.Combine(folder.FullName, "tokenizer.json");
            File.WriteAllText(path, TokenizerJson.From(SentencePieceFile.Read(TokenizerFixture.PathOf(model))));

            ShouldEncodeAll(model, Tokenizer.Open(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void ShouldEncodeAll(string model, Tokenizer tokenizer)
    {
        foreach (var (text, ids) in TokenizerFixture.Cases(model))
        {
            tokenizer.Encode(text).ShouldBe(ids, $"{model}: {JsonSerializer.Serialize(text)}");
            Compare.Counted();
        }
    }
}
