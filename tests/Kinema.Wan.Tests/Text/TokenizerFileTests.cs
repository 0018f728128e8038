using Kinema.Wan.Checkpoints;
using Kinema.Wan.Tests.Checkpoints;
using Kinema.Wan.Text.Tokens;

namespace Kinema.Wan.Tests.Text;

public sealed class TokenizerFileTests
{
    [Fact]
    public void A_folder_without_a_tokenizer_says_what_it_looked_for()
        => Should.Throw<CheckpointException>(() => Tokenizer.Open(Path.GetTempPath())).Message.ShouldContain("neither spiece.model nor tokenizer.json");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(TokenizerGoldenTests.Models), MemberType = typeof(TokenizerGoldenTests))]
    public void A_truncated_or_mutated_model_is_read_or_rejected_but_never_crashes(string model)
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

    [Fact]
    public void An_embedded_model_gives_the_same_ids()
    {
        using var folder = new TemporaryFolder();
        var bytes = SentencePieceBytes.Letters();
        File.WriteAllBytes(folder.File("spiece.model"), bytes);
        var file = Carrying(folder, torch.tensor(bytes, dtype: torch.uint8));

        Tokenizer.Open(file).Encode("a cat").ShouldBe(Tokenizer.Open(folder.Path).Encode("a cat"));
        Tokenizer.Open(file).Encode("a cat").Count.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void The_header_shows_whether_a_file_embeds_a_model()
    {
        const long Length = 64 << 20;
        using var folder = new TemporaryFolder();
        HeaderFile.Write(folder.File("umt5.safetensors"), [("spiece_model", "U8", [Length])]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        EmbeddedTokenizer.IsIn(folder.File("umt5.safetensors")).ShouldBeTrue();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(Length / 16);
        EmbeddedTokenizer.IsIn(Carrying(folder, torch.zeros(1), "other")).ShouldBeFalse();
    }

    [Fact]
    public void An_invalid_embedded_model_is_rejected_by_name()
    {
        using var folder = new TemporaryFolder();

        Refusal(Carrying(folder, torch.zeros(8, dtype: torch.float32))).ShouldContain("tensor \"spiece_model\" must be a list of");
        Refusal(Carrying(folder, torch.zeros(2, 4, dtype: torch.uint8))).ShouldContain("tensor \"spiece_model\" must be a list of");
        Refusal(Carrying(folder, torch.zeros(0, dtype: torch.uint8))).ShouldContain("tensor \"spiece_model\" must be a list of");
        Refusal(Carrying(folder, torch.full(9, 255, dtype: torch.uint8))).ShouldContain("tensor \"spiece_model\" is not a SentencePiece model");
        Refusal(Carrying(folder, torch.zeros(1), "other")).ShouldContain("carries no tokenizer");

        static string Refusal(string path) => Should.Throw<CheckpointException>(() => Tokenizer.Open(path)).Message;
    }

    private static string Carrying(TemporaryFolder folder, torch.Tensor tensor, string name = "spiece_model")
    {
        var writer = new SafetensorsWriter();
        writer.Add(name, tensor);
        return writer.Save(folder.File("umt5.safetensors"));
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
