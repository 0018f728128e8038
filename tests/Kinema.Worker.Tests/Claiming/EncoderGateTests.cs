using Kinema.Core.Runs;
using Kinema.Media;
using Kinema.Worker.Claiming;
using Kinema.Worker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Kinema.Worker.Tests.Claiming;

public sealed class EncoderGateTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly FakeProbe _probe = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_working_ffmpeg_is_asked_every_30_seconds()
    {
        using var gate = Gate();

        (await gate.IsOpenAsync(Ct)).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromSeconds(29));
        (await gate.IsOpenAsync(Ct)).ShouldBeTrue();
        _probe.Checks.ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await gate.IsOpenAsync(Ct)).ShouldBeTrue();
        _probe.Checks.ShouldBe(2);
    }

    [Fact]
    public async Task A_missing_ffmpeg_is_asked_again_at_growing_intervals_up_to_30_seconds()
    {
        using var gate = Gate();
        _probe.Problem = "ffmpeg is not there";
        List<int> asked = [];
        for (var second = 0; second <= 91; second++, _clock.Advance(TimeSpan.FromSeconds(1)))
        {
            var before = _probe.Checks;
            (await gate.IsOpenAsync(Ct)).ShouldBeFalse();
            if (_probe.Checks > before)
                asked.Add(second);
        }

        asked.ShouldBe([0, 1, 3, 7, 15, 31, 61, 91]);
        _probe.Problem = null;
        _clock.Advance(TimeSpan.FromSeconds(30));
        (await gate.IsOpenAsync(Ct)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_hanging_ffmpeg_closes_the_gate_and_is_started_once()
    {
        using var gate = Gate();
        _probe.Hangs = true;
        for (var i = 0; i < 3; i++)
        {
            var asked = gate.IsOpenAsync(Ct);
            while (_probe.Checks == 0)
                await Task.Delay(1, Ct);
            while (!asked.IsCompleted)
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }

            (await asked).ShouldBeFalse();
        }

        _probe.Checks.ShouldBe(1);
    }

    [Fact]
    public async Task Runs_stay_queued_while_ffmpeg_is_missing_and_go_on_when_it_returns()
    {
        using var rig = new Rig(_clock, services => services.AddSingleton<IFfmpegProbe>(_probe));
        _probe.Problem = "ffmpeg is not there";
        rig.Ledger.Enqueue(rig.Claim());
        using var loop = rig.Hosted<ClaimLoop>();

        await loop.StartAsync(Ct);
        await PassUntilAsync(() => _probe.Checks >= 4);
        rig.Ledger.Claims.ShouldBe(0);
        _probe.Problem = null;
        await PassUntilAsync(() => rig.Ledger.Claims > 0);

        (await rig.Ledger.Finished.WaitAsync(Ct)).ShouldBeOfType<AttemptOutcome.Succeeded>();
        rig.Lifetime.StopApplication();
        await loop.StopAsync(Ct);
    }

    [Theory]
    [InlineData("ffmpeg is not there", typeof(AttemptOutcome.HandedBack))]
    [InlineData(null, typeof(AttemptOutcome.Retry))]
    public async Task An_encoding_that_failed_counts_only_if_ffmpeg_works(string? problem, Type outcome)
    {
        using var rig = new Rig(_clock, services => services.AddSingleton<IFfmpegProbe>(_probe));
        (await rig.Get<EncoderGate>().IsOpenAsync(Ct)).ShouldBeTrue();
        rig.Encoder.Problem = new EncodingException("the encoder ended");
        _probe.Problem = problem;

        (await rig.RunAsync()).ShouldBeOfType(outcome);
    }

    [Fact]
    public async Task An_input_that_could_not_be_fetched_fails_the_run_whatever_ffmpeg_does()
    {
        using var rig = new Rig(_clock, services => services.AddSingleton<IFfmpegProbe>(_probe));
        _probe.Problem = "ffmpeg is not there";

        (await rig.RunAsync(rig.Claim("https://absent.example/cat.png"))).ShouldBeOfType<AttemptOutcome.Failed>().Failure.Code.ShouldBe(FailureCodes.InputMediaUnreachable);
    }

    [Fact]
    public async Task A_real_program_that_hangs_closes_the_gate_and_leaves_no_process()
    {
        var folder = Directory.CreateTempSubdirectory("kinema-gate-");
        try
        {
            var script = Path.Combine(folder.FullName, "ffmpeg");
            var pid = Path.Combine(folder.FullName, "pid");
            await File.WriteAllTextAsync(script, $"#!/bin/sh\necho $$ > {pid}\nexec sleep 600\n", Ct);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            await using var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(_clock).AddKinemaMedia()
                .Configure<MediaOptions>(o => o.FfmpegPath = script).BuildServiceProvider();
            using var gate = new EncoderGate(services.GetRequiredService<IFfmpegProbe>(), _clock, NullLogger<EncoderGate>.Instance);

            var asked = gate.IsOpenAsync(Ct);
            while (!File.Exists(pid) || (await File.ReadAllTextAsync(pid, Ct)).Length == 0)
                await Task.Delay(1, Ct);
            _clock.Advance(TimeSpan.FromSeconds(10));

            (await asked.WaitAsync(Ct)).ShouldBeFalse();
            Directory.Exists("/proc/" + (await File.ReadAllTextAsync(pid, Ct)).Trim()).ShouldBeFalse();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private EncoderGate Gate() => new(_probe, _clock, NullLogger<EncoderGate>.Instance);

    private async Task PassUntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            Ct.ThrowIfCancellationRequested();
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }
}
