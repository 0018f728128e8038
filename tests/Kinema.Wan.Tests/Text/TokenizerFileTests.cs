using Kinema.Wan.Checkpoints;
using Kinema.Wan.Text.Tokens;

namespace Kinema.Wan.Tests.Text;

public sealed class TokenizerFileTests
{
    [Fact]
    public void A_folder_without_a_tokenizer_says_what_it_looked_for()
        => Should.Throw<CheckpointException>(() => Tokenizer.Open(Path.GetTempPath())).Message.ShouldContain("neither spiece.model nor tokenizer.json");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TokenizerGoldenTests.Models), MemberType = typeof(TokenizerGoldenTests))]
    public void A_model_cut_off_anywhere_or_with_a_byte_changed_is_read_or_refused_but_never_crashes(string model)
    {
        var whole = File.ReadAllBytes(TokenizerFixture.PathOf(model));
        var random = new Random(7);
        var path = Path.GetTempFileName();
        var refused = 0;
        try
        {
            for (var i = 0; i < 40; i++)
            {
                var bytes = whole[..(i % 2 == 0 ? random.Next(whole.Length) : whole.Length)];
                if (bytes.Length > 0)
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(path, bytes);
                refused += Try(path);
            }
        }
        finally
        {
            File.Delete(path);
        }

        refused.ShouldBeGreaterThan(0);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TokenizerGoldenTests.Models), MemberType = typeof(TokenizerGoldenTests))]
    public void A_text_that_is_too_long_keeps_its_end_token(string model)
    {
        var tokenizer = new Tokenizer(SentencePieceFile.Read(TokenizerFixture.PathOf(model)));
        var text = string.Join(' ', Enumerable.Repeat("word", 600));

        var ids = tokenizer.Encode(text, maximum: 512);

        ids.Count.ShouldBe(512);
        ids[^1].ShouldBe(tokenizer.Encode("")[0]);
        ids[..511].ShouldBe(tokenizer.Encode(text)[..511]);
    }

    private static int Try(string path)
    {
        try
        {
            new Tokenizer(SentencePieceFile.Read(path)).Encode("A cat walks, <extra_id_0> 猫 ½");
            return 0;
        }
        catch (CheckpointException)
        {
            return 1;
        }
    }
}
