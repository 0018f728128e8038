using System.Security.Cryptography;
using Kinema.Engines;
using Kinema.Media;
using Kinema.TestSupport;
using Kinema.Wan.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Wan.Worker.Tests.Engine;

/// <summary>Several checkpoints in one worker.</summary>
public sealed class SwappingTests : IDisposable
{
    private readonly TinyCheckpoint[] _checkpoints = [.. TinyWanCheckpoint.Names.Take(3).Select(name => new TinyCheckpoint(name))];

    public void Dispose()
    {
        foreach (var checkpoint in _checkpoints)
            checkpoint.Dispose();
    }

    [Fact]
    public async Task The_weights_used_longest_ago_make_room_and_come_back_with_the_same_frames()
    {
        var sizes = _checkpoints.Select(checkpoint => Weights(checkpoint)).ToList();
        await using var services = Serve(sizes.Sum() - 1);
        var engines = services.GetServices<IVideoEngine>().ToList();
        engines.Count.ShouldBe(3);

        var first = await RunAsync(engines[0]);
        await RunAsync(engines[1]);
        Loaded(engines).ShouldBe([true, true, false]);

        await RunAsync(engines[0]);
        await RunAsync(engines[2]);
        Loaded(engines).ShouldBe([true, false, true]);

        await RunAsync(engines[1]);
        Loaded(engines).ShouldBe([false, true, true]);
        (await RunAsync(engines[0])).ShouldBe(first);
    }

    [Fact]
    public async Task A_budget_below_every_model_serves_them_one_at_a_time()
    {
        await using var services = Serve(Math.Max(1, _checkpoints.Min(Weights) / 2));
        var engines = services.GetServices<IVideoEngine>().ToList();

        await RunAsync(engines[0]);
        await RunAsync(engines[1]);

        Loaded(engines).ShouldBe([false, true, false]);
    }

    [Fact]
    public async Task Runs_of_different_models_at_once_take_turns()
    {
        await using var services = Serve(budget: null);
        var engines = services.GetServices<IVideoEngine>().ToList();

        var made = await Task.WhenAll(engines.Select(RunAsync));

        made.ShouldAllBe(frames => frames.Length > 0);
        Loaded(engines).ShouldBe([true, true, true]);
    }

    [Fact]
    public void Two_checkpoints_of_one_family_need_ids_of_their_own()
    {
        using var services = new ServiceCollection().AddLogging().AddKinemaMedia().AddWanEngines([Options(_checkpoints[0], null), Options(_checkpoints[0], null)]).BuildServiceProvider();

        Should.Throw<ArgumentException>(() => services.GetServices<IVideoEngine>().ToList()).Message.ShouldContain("--engine-id");
    }

    private static bool[] Loaded(List<IVideoEngine> engines) => [.. engines.Select(engine => ((ILoadableEngine)engine).IsLoaded)];

    private static long Weights(TinyCheckpoint checkpoint) => WanCheckpoint.Inspect(Options(checkpoint, null).Files, Options(checkpoint, null).Model).OffloadPlan.WeightBytes;

    // Another type than the file's, so that the weights take memory instead of being mapped.
    private static WanEngineOptions Options(TinyCheckpoint checkpoint, long? budget) =>
        checkpoint.EngineOptions with { Model = new() { Precision = WanPrecision.BFloat16, Threads = 1, MemoryBudget = budget } };

    private ServiceProvider Serve(long? budget) =>
        new ServiceCollection().AddLogging().AddKinemaMedia().AddWanEngines([.. _checkpoints.Select(checkpoint => Options(checkpoint, budget))]).BuildServiceProvider();

    private static async Task<string> RunAsync(IVideoEngine engine)
    {
        using var sums = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (var made in engine.GenerateAsync(EngineRun.RequestFor(engine), TestContext.Current.CancellationToken))
        {
            if (made is EngineEvent.Frame frame)
                sums.AppendData(frame.Pixels.Span);
        }

        return Convert.ToHexString(sums.GetHashAndReset());
    }
}
