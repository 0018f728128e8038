using System.Buffers.Binary;
using Kinema.Wan.Checkpoints;
using Kinema.Wan.Tests.Fixtures;

namespace Kinema.Wan.Tests.Checkpoints.Gguf;

/// <summary>A GGUF header is read as ggml reads it, or rejected with a message that says what is wrong.</summary>
[Collection(CountsTensors.Name)]
public sealed class GgufHeaderTests(ITestOutputHelper output)
{
    private const int Seed = 20261201;

    [Fact]
    public void A_file_of_every_kind_of_field_is_read()
    {
        var header = Read(Sample(64).Bytes(alignEnd: false));

        header.Metadata.ShouldBe(new Dictionary<string, string> { ["general.architecture"] = "wan", ["general.name"] = "ünï" });
        header.Tensors.Keys.ShouldBe(["patch_embedding.weight", "a.weight", "a.bias"]);
        header.Tensors["patch_embedding.weight"].Shape.ShouldBe([4, 3, 1, 2, 2]);
        (header.Tensors["a.weight"].Type, header.Tensors["a.weight"].Count, header.Tensors["a.weight"].Length).ShouldBe((StoredType.Q4_K, 512L, 288L));
        (header.Tensors["a.bias"].Offset - header.Tensors["a.weight"].Offset).ShouldBe(320);
        Read(Sample(32).Bytes()).Tensors.Count.ShouldBe(3);
    }

    [Fact]
    public void What_ggml_refuses_is_refused()
    {
        Refusal(new GgufWriter().Tensor("a", 0, [2, 2, 1, 1, 1], new byte[16])).ShouldContain("tensor \"a\" has 5 dimensions; from 1 to 4 are allowed");
        Refusal(new GgufWriter().Tensor("a", 0, [], new byte[4])).ShouldContain("has 0 dimensions");
        Refusal(new GgufWriter().Tensor(new string('n', 64), 0, [1], new byte[4])).ShouldContain("or more than 63 bytes");
        Refusal(new GgufWriter().Tensor("", 0, [1], new byte[4])).ShouldContain("whose name is empty");
        Refusal(new GgufWriter().Tensor("a", 12, [2, 128], new byte[144])).ShouldContain("has rows of 128 numbers, which are no whole blocks of 256 (Q4_K)");
        Refusal(new GgufWriter().Tensor("a", 19, [256], new byte[66])).ShouldContain("has the type of number 19 in ggml; this library reads F32");
        Refusal(new GgufWriter().Tensor("a", 0, [0], [])).ShouldContain("has a side of 0");
        Refusal(new GgufWriter().Tensor("a", 0, [1L << 40, 1L << 40], [])).ShouldContain("which no file can hold");
        Refusal(new GgufWriter().Tensor("a", 0, [1], new byte[4]).Tensor("a", 0, [1], new byte[4])).ShouldContain("has tensor \"a\" twice");
        Refusal(new GgufWriter().Tensor("a", 0, [1], new byte[36]).Tensor("b", 0, [1], new byte[4])).ShouldContain("tensor \"b\" is at byte 64 of the data, not at 32");
        Refusal(new GgufWriter().Tensor("a", 0, [99], new byte[4])).ShouldContain("tensor \"a\" ends at byte");
        Refusal(new GgufWriter().Tensor("a", 0, [1], new byte[68])).ShouldContain("bytes that belong to no tensor");
        Refusal(new GgufWriter().Text("k", "1").Text("k", "2")).ShouldContain("its metadata has \"k\" twice");
        Refusal(new GgufWriter().Text("", "1")).ShouldContain("a key that is empty or too long");
        Refusal(new GgufWriter(alignment: 24).Tensor("a", 0, [1], new byte[4])).ShouldContain("its alignment must be a power of two");
        Refusal(new GgufWriter().Text("general.alignment", "x")).ShouldBeEmpty();
    }

    [Fact]
    public void A_shape_in_the_metadata_must_fit_its_tensor()
    {
        Refusal(new GgufWriter().Numbers("comfy.gguf.orig_shape.a", 3, 2).Tensor("a", 0, [5], new byte[20])).ShouldContain("cannot have the shape [3, 2] of its metadata");
        Refusal(new GgufWriter().Numbers("comfy.gguf.orig_shape.b", 3, 2)).ShouldContain("has the shape of \"b\", which it lacks");
        Refusal(new GgufWriter().Numbers("comfy.gguf.orig_shape.a", -3).Tensor("a", 0, [5], new byte[20])).ShouldContain("has a side of -3");
        Refusal(new GgufWriter().Numbers("comfy.gguf.orig_shape.a", 512, 1).Tensor("a", 12, [512], new byte[288])).ShouldContain("cannot have the shape [512, 1]");
    }

    [Theory]
    [InlineData(4, 1u, "has version 1 of GGUF")]
    [InlineData(4, 0x03000000u, "has version 50331648 of GGUF; versions 2 and 3, little-endian")]
    [InlineData(12, 0xFFFFFFFFu, "its list of tensors has")]
    [InlineData(20, 0xFFFFFFFFu, "its metadata has")]
    [InlineData(28, 0xFFFFFFFFu, "a key of its metadata has")]
    public void A_number_out_of_range_is_refused_before_it_sizes_anything(int at, uint value, string message)
    {
        var bytes = Sample(32).Bytes();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);

        Should.Throw<CheckpointException>(() => Read(bytes)).Message.ShouldContain(message);
    }

    [Fact]
    public void Every_shorter_file_is_refused()
    {
        var bytes = Sample(32).Bytes(alignEnd: false);
        for (var length = 4; length < bytes.Length; length++)
            Should.Throw<CheckpointException>(() => Read(bytes[..length]), $"{length} bytes");
    }

    [Fact]
    [Trait("Set", "long")]
    public void A_hundred_thousand_mutated_headers_are_read_or_refused() => Mutate(100_000);

    [Fact]
    public void A_slice_of_the_mutated_headers_is_read_or_refused() => Mutate(4_000);

    private void Mutate(int mutations)
    {
        var random = new Random(Seed);
        byte[][] seeds = [Sample(32).Bytes(), Sample(64).Bytes(alignEnd: false), new GgufWriter().Bytes()];
        var (accepted, refused, before) = (0, 0, GC.GetAllocatedBytesForCurrentThread());
        for (var i = 0; i < mutations; i++)
        {
            var bytes = Mutated(seeds[random.Next(seeds.Length)], random);
            try
            {
                foreach (var entry in Read(bytes).Tensors.Values)
                {
                    (entry.Offset >= 24 && entry.Length > 0 && entry.Offset + entry.Length <= bytes.Length).ShouldBeTrue($"mutation {i}: {entry}");
                    entry.Shape.Aggregate(1L, (product, side) => product * side).ShouldBe(entry.Count);
                }

                accepted++;
            }
            catch (CheckpointException exception)
            {
                refused++;
                exception.Message.ShouldStartWith("fuzz cannot be read: ");
            }
            catch (Exception exception) when (exception is not ShouldAssertException)
            {
                throw new InvalidOperationException($"Mutation {i} of seed {Seed} ended with {exception.GetType().Name}: {Convert.ToBase64String(bytes)}", exception);
            }
        }

        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / mutations;
        output.WriteLine($"{accepted} read, {refused} refused, {each} bytes allocated for each");
        (accepted > mutations / 100 && refused > mutations / 4).ShouldBeTrue($"{accepted} read, {refused} refused: the mutations are too mild or too wild");
        each.ShouldBeLessThan(64 * 1024);
    }

    private static byte[] Mutated(byte[] seed, Random random)
    {
        var bytes = seed.ToList();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = random.Next(4, bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.RemoveRange(at, random.Next(1, 9) is var count && at + count <= bytes.Count ? count : 1); break;
                case 3: bytes.InsertRange(at, seed.Skip(random.Next(seed.Length)).Take(random.Next(1, 40))); break;
                default:
                    var number = BitConverter.GetBytes(random.Next(4) switch { 0 => ulong.MaxValue, 1 => 1UL << random.Next(64), 2 => (ulong)random.Next(64), _ => (1UL << 63) - 1 });
                    for (var j = 0; j < number.Length && at + j < bytes.Count; j++)
                        bytes[at + j] = number[j];
                    break;
            }
        }

        return [.. bytes];
    }

    private static GgufWriter Sample(uint alignment) => new GgufWriter(alignment)
        .Text("general.architecture", "wan").Text("general.name", "ünï").Number("general.file_type", 15).Texts("tokens", "a", "", "longer").Numbers("numbers", 1, 2, 3)
        .Numbers("comfy.gguf.orig_shape.patch_embedding.weight", 4, 3, 1, 2, 2)
        .Tensor("patch_embedding.weight", 1, [4, 12], new byte[96]).Tensor("a.weight", 12, [2, 256], new byte[288]).Tensor("a.bias", 0, [3], new byte[12]);

    private static string Refusal(GgufWriter writer)
    {
        try
        {
            Read(writer.Bytes());
            return "";
        }
        catch (CheckpointException exception)
        {
            exception.Message.ShouldStartWith("fuzz cannot be read: ");
            return exception.Message;
        }
    }

    private static FileHeader Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        return WeightsFile.ReadHeader(stream, "fuzz");
    }
}
