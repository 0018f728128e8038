using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Kinema.Wan.Checkpoints;
using Kinema.Wan.Tests.Fixtures;

namespace Kinema.Wan.Tests.Checkpoints;

/// <summary>Any bytes in place of a header are read, or rejected with a message, in bounded time and memory.</summary>
/// <remarks>
/// Runs alone, because it collects garbage continuously, and a collection can free the numbers of another thread's torch operation: the TorchSharp bug in
/// docs/engines/wan.md.
/// </remarks>
[Collection(CountsTensors.Name)]
public sealed class MalformedHeaderTests(ITestOutputHelper output)
{
    private const int Mutations = 100_000;
    private const int Seed = 20260817;

    private static readonly string[] _fragments =
    [
        "-1", "1e999", "9223372036854775807", "9223372036854775808", "18446744073709551616", "4294967296", "0.5", "1e3", "null", "true", "[]", "{}", "\"", "\\u0000", "\\ud800",
        "\"dtype\":\"F32\"", "\"dtype\":\"F4\"", "\"shape\":[4294967296,4294967296,4294967296]", "\"shape\":[0,9223372036854775807]", "\"data_offsets\":[0,0]",
        "\"data_offsets\":[9223372036854775800,9223372036854775807]", "\"__metadata__\":{\"a\":\"b\"},", "[[[[[[[[", "{\"a\":{\"a\":{\"a\":{\"a\":", "//", ",", ":", "}", "]", "\u0001", "\uffff",
    ];

    [Fact]
    public void A_hundred_thousand_mutated_headers_are_read_or_rejected()
    {
        var random = new Random(Seed);
        var seeds = Seeds();
        var (accepted, refused) = (0, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Mutations; i++)
        {
            var bytes = Mutate(seeds[random.Next(seeds.Length)], random);
            try
            {
                var header = Read(bytes);
                accepted++;
                foreach (var entry in header.Tensors.Values)
                    (entry.Offset >= 8 && entry.Length >= 0 && entry.Offset + entry.Length <= bytes.Length).ShouldBeTrue($"mutation {i}: {entry}");
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

        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / Mutations;
        output.WriteLine($"{accepted} read, {refused} refused, {clock.ElapsedMilliseconds} ms, {each} bytes allocated for each");
        (accepted > 100 && refused > Mutations / 2).ShouldBeTrue($"{accepted} read, {refused} refused: the mutations are too mild or too wild");
        each.ShouldBeLessThan(64 * 1024);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(100_000_001UL)]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    public void A_length_out_of_range_is_rejected_before_any_allocation(ulong length)
    {
        var bytes = new byte[64];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);

        Should.Throw<CheckpointException>(() => Read(bytes)).Message.ShouldContain("from 2 to 100000000 are allowed");
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 0, null)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", -1, "tensor \"a\" ends at byte")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 3, "it has 3 bytes that belong to no tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 0, "tensor \"a\" has shape [3] of F32, which is 12 bytes, but data_offsets 0 to 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", 0, "overlaps the one before it")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 0, "tensor \"a\" leaves 4 bytes unused before it")]
    [InlineData("""{"a":{"dtype":"Q4","shape":[2],"data_offsets":[0,8]}}""", 0, "tensor \"a\" has type \"Q4\"; this library reads")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}""", 0, "more than any file can hold")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 0, "it has tensor \"a\" twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 0, "whole numbers from 0 up")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,8]}}""", 0, "lacks one of dtype, shape and data_offsets")]
    [InlineData("""[1]""", 8, "does not begin with {")]
    [InlineData("""{"a":""", 8, "is not the expected JSON")]
    public void A_message_names_the_tensor_and_what_is_wrong_with_it(string json, int extraBytes, string? message)
    {
        var bytes = WithData(json, 8 + extraBytes);

        if (message is null)
            Read(bytes).Tensors.ShouldHaveSingleItem();
        else
            Should.Throw<CheckpointException>(() => Read(bytes)).Message.ShouldContain(message);
    }

    private static FileHeader Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        return WeightsFile.ReadHeader(stream, "fuzz");
    }

    private static byte[][] Seeds() =>
    [
        WithData("""{"__metadata__":{"format":"pt"},"a.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b":{"dtype":"BF16","shape":[4],"data_offsets":[24,32]},"c":{"dtype":"U8","shape":[],"data_offsets":[32,33]}}   """, 33),
        WithData("""{"x":{"shape":[0],"data_offsets":[0,0],"dtype":"I64"},"y":{"dtype":"F8_E4M3","shape":[1,1,5],"data_offsets":[0,5]}}""", 5),
        WithData($"{{{string.Join(',', Enumerable.Range(0, 20).Select(i => $$"""
            "blocks.{{i}}.w":{"dtype":"F16","shape":[1,2],"data_offsets":[{{4 * i}},{{4 * i + 4}}]}
            """))}}}", 80),
    ];

    private static byte[] WithData(string json, int dataBytes)
    {
        var header = Encoding.UTF8.GetBytes(json);
        var file = new byte[8 + header.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        header.CopyTo(file, 8);
        return file;
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var bytes = new List<byte>(seed);
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(8))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes[at] = (byte)"0123456789,:[]{}\""[random.Next(17)];
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(_fragments[random.Next(_fragments.Length)]));
                    break;
                case 4:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 20)));
                    break;
                case 5:
                    var length = Math.Min(bytes.Count - at, random.Next(1, 60));
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 6 when bytes.Count > 8:
                    bytes[random.Next(8)] = (byte)random.Next(256);
                    break;
                default:
                    // Makes the length true again, so that the change is seen by the parser.
                    if (bytes.Count > 20)
                    {
                        var fixedUp = new byte[8];
                        BinaryPrimitives.WriteUInt64LittleEndian(fixedUp, (ulong)Math.Max(2, bytes.Count - 8 - random.Next(0, 81)));
                        for (var i = 0; i < 8; i++)
                            bytes[i] = fixedUp[i];
                    }

                    break;
            }

            if (bytes.Count == 0)
                bytes.Add(0);
        }

        return [.. bytes];
    }
}
