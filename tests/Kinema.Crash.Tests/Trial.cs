using System.Diagnostics;
using Kinema.TestSupport;

namespace Kinema.Crash.Tests;

/// <summary>One data folder, its callers and their receiver, through as many processes as a test likes.</summary>
internal sealed class Trial : IAsyncDisposable
{
    /// <summary>The machine's speed decides how far a process gets before it is killed: the tests of this collection never run side by side.</summary>
    public const string OneAtATime = "one trial at a time";

    private readonly TemporaryFolder _folder = new();
    private FileServer _pictures = null!;

    private Trial()
    {
    }

    public Load Load { get; private set; } = null!;

    public CallbackReceiver Receiver { get; private set; } = null!;

    public string DataFolder => _folder.FullPath;

    public Books Books => new(_folder.FullPath);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Trial> BeginAsync()
    {
        var trial = new Trial { _pictures = await FileServer.StartAsync(), Receiver = await CallbackReceiver.StartAsync() };
        trial.Load = new Load(trial._pictures, trial.Receiver);
        return trial;
    }

    /// <summary>Starts a process and aims the callers at it once it listens.</summary>
    public async Task<HostProcess> StartAsync(int frameMilliseconds, string? crashAt = null, int crashCount = 1, params IEnumerable<string> settings)
    {
        var host = HostProcess.Start(_folder.FullPath, frameMilliseconds, crashAt, crashCount, ["Worker:Concurrency=2", "Worker:PollMilliseconds=200", .. settings]);
        if (await host.Listening.WaitAsync(TimeSpan.FromSeconds(30), Ct) is { } url)
            Load.Aim(url, (await File.ReadAllTextAsync(_folder.File("first-key"), Ct)).Trim());
        return host;
    }

    /// <summary>Lets a last process finish what is left, and another sweep what nothing names.</summary>
    public async Task SettleAsync()
    {
        await Load.StopAsync();
        await using (var last = await StartAsync(frameMilliseconds: 1))
        {
            await UntilNothingIsLeftAsync(Books.UnfinishedAsync, "every run and every callback has ended", last);
            await last.TerminateAsync(Ct);
        }

        // As if it had been left hours ago: a younger file may belong to a write that has not finished.
        foreach (var entry in Directory.EnumerateFileSystemEntries(_folder.FullPath, "*", SearchOption.AllDirectories).ToList())
            File.SetLastWriteTimeUtc(entry, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-2));
        await Books.AgeAsync(TimeSpan.FromHours(3));
        await using var sweeping = await StartAsync(frameMilliseconds: 1, settings: ["Retention:SweepMinutes=0.02"]);
        await UntilNothingIsLeftAsync(CountUnnamedFilesAsync, "no file is left that nothing names", sweeping);
        await sweeping.TerminateAsync(Ct);
    }

    /// <summary>Invariants of every trial: nothing lost, nothing ended twice, nothing charged twice, every callback delivered.</summary>
    public async Task ShouldAddUpAsync()
    {
        (await Books.IntegrityAsync()).ShouldBe("ok");
        var runs = await Books.RunsAsync();

        runs.Select(r => Guid.Parse(r.Id)).ToHashSet().IsSupersetOf(Load.Noted).ShouldBeTrue("a run that was answered 201 is missing");
        runs.ShouldAllBe(r => r.Ends == 1);
        runs.ShouldAllBe(r => r.Charges == (r.Succeeded ? 1 : 0) && r.Charged == r.Cost);
        runs.ShouldAllBe(r => r.Holds == 1 && r.StillHeld == 0);
        runs.ShouldAllBe(r => r.Callbacks == 1 && r.Delivered == 1);

        var stored = await Books.CallbackBodiesAsync();
        var received = Receiver.Requests.ToLookup(request => request.Json["run_id"]!.GetValue<string>());
        runs.ShouldAllBe(r => received.Contains(r.Id));
        foreach (var callback in Receiver.Requests)
            callback.Body.ShouldBe(stored[callback.Json["run_id"]!.GetValue<string>()]);
    }

    public async ValueTask DisposeAsync()
    {
        await Load.DisposeAsync();
        await Receiver.DisposeAsync();
        await _pictures.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Files of unfinished work, and those that are named and missing or there and not named.</summary>
    private async Task<long> CountUnnamedFilesAsync()
    {
        var files = Books.FilesIn("artifacts").ToHashSet();
        files.SymmetricExceptWith(await Books.ArtifactKeysAsync());
        return Books.FilesIn("scratch").Count + files.Count;
    }

    /// <summary>Waits as long as it gets less: how much a trial leaves, and how fast it is done, depends on the machine.</summary>
    private static async Task UntilNothingIsLeftAsync(Func<Task<long>> count, string what, HostProcess host)
    {
        var (fewest, last) = (long.MaxValue, Stopwatch.GetTimestamp());
        while (await count() is var left && left > 0)
        {
            if (left < fewest)
                (fewest, last) = (left, Stopwatch.GetTimestamp());
            (Stopwatch.GetElapsedTime(last) < TimeSpan.FromMinutes(2)).ShouldBeTrue($"it is not so that {what}, and for two minutes {fewest} were left; the server says:\n{host.Log}");
            await Task.Delay(100, Ct);
        }
    }
}
