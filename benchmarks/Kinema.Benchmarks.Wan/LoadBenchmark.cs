using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Kinema.Wan.Checkpoints;
using TorchSharp;

namespace Kinema.Benchmarks.Wan;

/// <summary>
/// Loading until a checksum over every tensor is done, beside reading the same file once, both through a warm cache. The rounds alternate and the
/// best of each is compared, so that what else the machine does falls on both.
/// </summary>
internal static class LoadBenchmark
{
    private const int RowBytes = 5120 * 2;
    private const int RowsOfTensor = 5120;

    public static async Task RunAsync(TextWriter report, int megabytes, int rounds)
    {
        await report.WriteLineAsync("| file | loaded as | read once, s | load and checksum, s | ratio | GB/s |");
        await report.WriteLineAsync("|---|---|---|---|---|---|");
        foreach (var (stored, name, bytes) in new[] { (torch.bfloat16, "BF16", 2), (torch.float32, "F32", 4), ((torch.ScalarType)24, "F8_E4M3", 1) })
        {
            var path = Write(megabytes, name, bytes);
            try
            {
                foreach (var target in new[] { torch.bfloat16, torch.float32 })
                {
                    var (read, load) = (double.MaxValue, double.MaxValue);
                    for (var round = 0; round < rounds; round++)
                    {
                        read = Math.Min(read, Time(() => ReadOnce(path)));
                        load = Math.Min(load, Time(() => LoadAndSum(path, target)));
                    }

                    var size = new FileInfo(path).Length;
                    var kind = stored == target ? " (as stored)" : "";
                    await report.WriteLineAsync($"| {size / 1e9:F2} GB {name} | {target}{kind} | {read:F3} | {load:F3} | {load / read:F2} | {size / 1e9 / load:F1} |");
                }
            }
            finally
            {
                File.Delete(path);
            }
        }
    }

    private static double Time(Func<double> action)
    {
        var clock = Stopwatch.StartNew();
        action();
        return clock.Elapsed.TotalSeconds;
    }

    private static double ReadOnce(string path)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var buffer = new byte[4 << 20];
        long position = 0;
        for (int read; (read = RandomAccess.Read(file, buffer, position)) > 0; position += read)
        {
        }

        return position;
    }

    private static double LoadAndSum(string path, torch.ScalarType type)
    {
        using var inference = torch.inference_mode();
        using var weights = Weights.Load(path, new Precision(type), torch.CPU);
        var total = 0.0;
        foreach (var name in weights.Names)
        {
            using var sum = weights.Peek(name).sum();
            using var wide = sum.to_type(torch.float64);
            total += wide.item<double>();
        }

        return total;
    }

    // Matrices of the width of the 14B model, of random bytes that are small numbers in every type.
    private static string Write(int megabytes, string type, int size)
    {
        var path = Path.Combine(Path.GetTempPath(), $"kinema-load-{Guid.NewGuid():N}.safetensors");
        var length = (long)RowBytes * RowsOfTensor;
        var count = ((long)megabytes << 20) / length;
        var header = Enumerable.Range(0, (int)count).ToDictionary(
            i => $"blocks.{i}.weight", i => new { dtype = type, shape = new[] { RowsOfTensor, RowBytes / size }, data_offsets = new[] { i * length, (i + 1) * length } });
        var json = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(header));
        Array.Resize(ref json, (json.Length + 7) / 8 * 8);
        json.AsSpan().Replace((byte)0, (byte)' ');
        var prefix = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)json.Length);

        using var stream = File.Create(path);
        stream.Write(prefix);
        stream.Write(json);
        var block = new byte[RowBytes];
        var random = new Random(1);
        for (long row = 0; row < count * RowsOfTensor; row++)
        {
            if (row % 64 == 0)
                random.NextBytes(block);
            for (var i = 0; row % 64 == 0 && i < block.Length; i++)
                block[i] &= 0x3F;
            stream.Write(block);
        }

        return path;
    }
}
