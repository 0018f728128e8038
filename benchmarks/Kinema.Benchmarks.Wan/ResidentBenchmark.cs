using System.Diagnostics;
using System.Globalization;
using Kinema.Wan;
using Kinema.Wan.Checkpoints;
using Kinema.Wan.Transformer;
using TorchSharp;

namespace Kinema.Benchmarks.Wan;

/// <summary>Weights as stored beside widened ones, on blocks of 14B shapes in bfloat16: memory in a process each, and seconds in alternating rounds.</summary>
internal sealed class ResidentBenchmark(Meter meter, TextWriter report)
{
    /// <summary>First argument of the child processes.</summary>
    public const string ChildCommand = "resident-once";

    private const int Blocks = 4, TimedBlocks = 1, Rounds = 3;
    private static readonly BlockShape _small = new("14B", 5120, 13_824, 40, 1, 16, 16), _large = new("14B", 5120, 13_824, 40, 4, 32, 32);

    private static readonly (StoredType Type, WanResident Resident)[] _kinds =
    [
        (StoredType.BF16, WanResident.Widened), (StoredType.F8E4M3, WanResident.Widened), (StoredType.F8E4M3, WanResident.AsStored), (StoredType.Q4_K, WanResident.AsStored),
    ];

    /// <summary>Memory that the weights take, measured in a process for each kind.</summary>
    public Task MemoryAsync() => WithFilesAsync(Blocks, async paths =>
    {
        await report.WriteLineAsync($"{Blocks} blocks, after a pass of {_small.Tokens} tokens.\n");
        await report.WriteLineAsync("| file | resident | memory of the weights, MiB | of the first |");
        await report.WriteLineAsync("|---|---|---:|---:|");
        var first = 0.0;
        foreach (var (type, resident) in _kinds)
        {
            var memory = await MemoryInChildAsync(paths[type], resident);
            first = first == 0 ? memory : first;
            await report.WriteLineAsync(FormattableString.Invariant($"| {type} | {resident} | {memory:F0} | {memory / first:F2} |"));
        }
    });

    /// <summary>Seconds of a block, in rounds that alternate between the kinds.</summary>
    public Task TimeAsync() => WithFilesAsync(TimedBlocks, async paths =>
    {
        var models = _kinds.Select(kind => Model.Load(paths[kind.Type], kind.Resident, TimedBlocks)).ToList();
        var seconds = models.Select(_ => new List<double>()).ToList();
        models[0].Forward(_large);
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < models.Count; i++)
                seconds[i].Add(meter.Seconds(() => models[i].Forward(_large)));
        }

        models.ForEach(model => model.Dispose());
        await report.WriteLineAsync($"{TimedBlocks} block, {_large.Tokens} tokens, {Rounds} alternating rounds; {meter}.\n");
        await report.WriteLineAsync("| file | resident | seconds, median | of the first | seconds, minimum | of the first |");
        await report.WriteLineAsync("|---|---|---:|---:|---:|---:|");
        for (var i = 0; i < _kinds.Length; i++)
        {
            var (median, least) = (Meter.Median(seconds[i]), seconds[i].Min());
            await report.WriteLineAsync(FormattableString.Invariant(
                $"| {_kinds[i].Type} | {_kinds[i].Resident} | {median:F2} | {median / Meter.Median(seconds[0]):F3} | {least:F2} | {least / seconds[0].Min():F3} |"));
        }
    });

    /// <summary>Loads a file, makes a pass and prints the MiB that the process needs more than without the weights.</summary>
    public static async Task LoadOnceAsync(string path, string resident)
    {
        LibTorch.Load();
        var model = Model.Load(path, Enum.Parse<WanResident>(resident), Blocks);
        model.Forward(_small);
        var with = ResidentBytes();
        model.Dispose();
        await Console.Out.WriteLineAsync(((with - ResidentBytes()) / 1024.0 / 1024).ToString(CultureInfo.InvariantCulture));
    }

    private static async Task WithFilesAsync(int blocks, Func<Dictionary<StoredType, string>, Task> measure)
    {
        var folder = Directory.CreateTempSubdirectory("kinema-benchmark-");
        try
        {
            await measure(_kinds.Select(kind => kind.Type).Distinct().ToDictionary(type => type, type => BlockFile.Write(folder.FullName, type, _small, blocks)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> MemoryInChildAsync(string path, WanResident resident)
    {
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(ResidentBenchmark).Assembly.Location, ChildCommand, path, resident.ToString()])
        {
            RedirectStandardOutput = true,
        })!;
        var output = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return double.Parse(output, CultureInfo.InvariantCulture);
    }

    // Anonymous memory and the mapped files' pages that the process has touched.
    private static long ResidentBytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private sealed record Model(Weights Weights, DerivedTensors Derived, TransformerBlock[] Blocks) : IDisposable
    {
        public static Model Load(string path, WanResident resident, int blocks)
        {
            using var set = TensorSet.Open(path);
            var wanted = set.Tensors.Values.Where(tensor => tensor.Entry.Shape.Length == 2).Select(tensor => tensor.Name).ToHashSet();
            var weights = Weights.Load(
                set, new(torch.bfloat16, WanTransformer.Float32Parts), torch.CPU, [], null, CancellationToken.None, resident == WanResident.AsStored ? wanted : null);
            var derived = new DerivedTensors();
            return new(weights, derived, [.. Enumerable.Range(0, blocks).Select(block => new TransformerBlock(((IWeights)weights).At($"blocks.{block}."), _small.Config(), derived))]);
        }

        public void Forward(BlockShape shape)
        {
            using var scope = torch.NewDisposeScope();
            using var inference = torch.inference_mode();
            var config = shape.Config();
            var x = torch.randn([1, shape.Tokens, shape.Dim]).to_type(torch.bfloat16);
            var context = new BlockContext(
                torch.randn([1, BlockShape.TextTokens, shape.Dim]).to_type(torch.bfloat16), Image: null, torch.zeros([1, 6L * shape.Dim], torch.bfloat16), TokenTimesteps.PerSample([500f], shape.Tokens),
                new RotaryEmbedding(config.HeadDim, config.MaximumPositions).Rotations(shape.Frames, shape.Rows, shape.Columns, torch.CPU));
            foreach (var block in Blocks)
                block.Apply(x, context, ForwardHooks.None, "block", CancellationToken.None);
        }

        public void Dispose()
        {
            Derived.Dispose();
            Weights.Dispose();
        }
    }
}
