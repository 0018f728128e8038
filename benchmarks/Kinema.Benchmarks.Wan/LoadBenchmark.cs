using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Kinema.Wan.Checkpoints;
using Microsoft.Win32.SafeHandles;
using TorchSharp;

namespace Kinema.Benchmarks.Wan;

/// <summary>
/// Loading until a checksum over every tensor is done, beside reading the same file once, both through a warm cache. The rounds alternate and the
/// best of each is compared, so that what else the machine does falls on both. Where the type changes, the result is another as large as, twice or
/// four times the file, which no loader can have for nothing: beside it stands what filling fresh memory of that size and its checksum take alone.
/// </summary>
internal static class LoadBenchmark
{
    private const int RowBytes = 5120 * 2;
    private const int RowsOfTensor = 5120;

    public static async Task RunAsync(TextWriter report, int megabytes, int rounds)
    {
        await report.WriteLineAsync(
            "| file | loaded as | read once, s | fill and checksum the result, s | load and checksum, s | ratio to reading | to reading and filling | in processor time | to reading and filling |");
        await report.WriteLineAsync("|---|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var (name, bytes, asStored) in new (string, int, torch.ScalarType?)[]
        {
            ("BF16", 2, torch.bfloat16), ("F16", 2, null), ("F32", 4, torch.float32), ("F8_E4M3", 1, null), ("I8", 1, null),
        })
        {
            var path = Write(megabytes, name, bytes);
            try
            {
                foreach (var target in new[] { torch.bfloat16, torch.float32 })
                    await report.WriteLineAsync(Measure(path, name, target, asStored == target, rounds));
            }
            finally
            {
                File.Delete(path);
            }
        }
    }

    private static string Measure(string path, string name, torch.ScalarType target, bool asStored, int rounds)
    {
        long numbers;
        using (var set = TensorSet.Open(path))
            numbers = set.Tensors.Values.Sum(stored => stored.Entry.Length / stored.Entry.Type.Size());
        var (read, fill, load) = (Cost.Worst, asStored ? default : Cost.Worst, Cost.Worst);
        for (var round = 0; round < rounds; round++)
        {
            read = read.Best(Time(() => ReadOnce(path)));
            if (!asStored)
                fill = fill.Best(Time(() => FillAndSum(numbers, target)));
            load = load.Best(Time(() => LoadAndSum(path, target)));
        }

        var size = new FileInfo(path).Length / 1e9;
        return $"| {size:F2} GB {name} | {target}{(asStored ? " (as stored)" : "")} | {read.Wall:F3} | {(asStored ? "" : $"{fill.Wall:F3}")} | {load.Wall:F3} "
            + $"| {load.Wall / read.Wall:F2} | {(asStored ? "" : $"{load.Wall / (read.Wall + fill.Wall):F2}")} "
            + $"| {load.Processor / read.Processor:F2} | {(asStored ? "" : $"{load.Processor / (read.Processor + fill.Processor):F2}")} |";
    }

    // What is held by then is given back after the clock stops: taking a map apart is no part of loading.
    private static Cost Time(Func<IDisposable> action)
    {
        var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        using var held = action();
        return new(clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }

    private static SafeFileHandle ReadOnce(string path)
    {
        var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var buffer = new byte[4 << 20];
        long position = 0;
        for (int read; (read = RandomAccess.Read(file, buffer, position)) > 0; position += read)
        {
        }

        return file;
    }

    // As the loader has its memory, and as many tensors.
    private static DisposeScope FillAndSum(long numbers, torch.ScalarType type)
    {
        var scope = torch.NewDisposeScope();
        var tensors = new List<torch.Tensor>();
        for (var left = numbers; left > 0; left -= RowBytes / 2 * RowsOfTensor)
            tensors.Add(TensorMemory.Allocate([Math.Min(left, RowBytes / 2 * RowsOfTensor)], type).fill_(1));
        foreach (var tensor in tensors)
            Checksum.Of(tensor);
        return scope;
    }

    private static Weights LoadAndSum(string path, torch.ScalarType type)
    {
        using var inference = torch.inference_mode();
        var weights = Weights.Load(path, new Precision(type), torch.CPU);
        foreach (var name in weights.Names)
            Checksum.Of(weights.Peek(name));
        return weights;
    }

    // Matrices of the width of the 14B model, of random bytes that are small numbers in every type; those of 8 bits have a scale for each row.
    private static string Write(int megabytes, string type, int size)
    {
        var path = Path.Combine(Path.GetTempPath(), $"kinema-load-{Guid.NewGuid():N}.safetensors");
        var length = (long)RowBytes * RowsOfTensor;
        var count = ((long)megabytes << 20) / length;
        var scales = size == 1 ? RowsOfTensor * sizeof(float) : 0;
        var header = new Dictionary<string, object>();
        for (long i = 0, at = 0; i < count; i++, at += length + scales)
        {
            header[$"blocks.{i}.weight"] = new { dtype = type, shape = new[] { RowsOfTensor, RowBytes / size }, data_offsets = new[] { at, at + length } };
            if (scales > 0)
                header[$"blocks.{i}.weight_scale"] = new { dtype = "F32", shape = new[] { RowsOfTensor }, data_offsets = new[] { at + length, at + length + scales } };
        }

        var json = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(header));
        Array.Resize(ref json, (json.Length + 7) / 8 * 8);
        json.AsSpan().Replace((byte)0, (byte)' ');
        var prefix = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)json.Length);

        // In large blocks, as what wrote or read a real checkpoint did: a page cache of crumbs would slow a map of it down.
        using var stream = File.Create(path, 4 << 20);
        stream.Write(prefix);
        stream.Write(json);
        var block = new byte[RowBytes];
        var factors = new byte[scales];
        MemoryMarshal.Cast<byte, float>(factors.AsSpan()).Fill(0.01f);
        var random = new Random(1);
        for (long row = 0; row < count * RowsOfTensor; row++)
        {
            if (row % 64 == 0)
                random.NextBytes(block);
            for (var i = 0; row % 64 == 0 && i < block.Length; i++)
                block[i] &= 0x3F;
            stream.Write(block);
            if (row % RowsOfTensor == RowsOfTensor - 1)
                stream.Write(factors);
        }

        return path;
    }

    /// <summary>Seconds by the clock, and of all processors together.</summary>
    private readonly record struct Cost(double Wall, double Processor)
    {
        public static Cost Worst { get; } = new(double.MaxValue, double.MaxValue);

        public Cost Best(Cost other) => new(Math.Min(Wall, other.Wall), Math.Min(Processor, other.Processor));
    }
}
