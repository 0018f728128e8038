using Kinema.Cli.Output;
using Kinema.Client;
using Spectre.Console;

namespace Kinema.Cli.Runs;

/// <summary>Shows the progress of a run: a progress bar on a terminal, else lines.</summary>
internal static class RunProgress
{
    /// <summary>Follows the run to its end.</summary>
    public static Task<Run> FollowAsync(KinemaClient client, Guid id, Terminal terminal, CancellationToken ct) =>
        terminal.IsInteractive ? AsBarAsync(client, id, terminal, ct) : AsLinesAsync(client, id, terminal, ct);

    private static Task<Run> AsBarAsync(KinemaClient client, Guid id, Terminal terminal, CancellationToken ct) =>
        terminal.ErrorConsole.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 40 }, new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("queued", maxValue: 1);
                return await client.WaitAsync(id, new InOrder(e => Move(bar, e)), ct);
            });

    private static void Move(ProgressTask bar, RunEvent e)
    {
        if (e.Status is { } status)
            bar.Description = status;
        if (e.Progress is { } done)
        {
            bar.Description = e.Stage ?? bar.Description;
            bar.Value = done;
        }
    }

    private static Task<Run> AsLinesAsync(KinemaClient client, Guid id, Terminal terminal, CancellationToken ct)
    {
        var nextTenth = 1;
        string? stage = null;
        return client.WaitAsync(
            id,
            new InOrder(e =>
            {
                if (e.Status is { } status)
                    terminal.Error.WriteLine($"{status}");
                if (e.Progress is not { } done)
                    return;
                // Each stage begins anew: one that is over must not silence the next.
                if (e.Stage != stage)
                    (stage, nextTenth) = (e.Stage, 1);
                if (done * 10 < nextTenth)
                    return;
                terminal.Error.WriteLine(FormattableString.Invariant($"{e.Stage} {done:P0}"));
                nextTenth = (int)(done * 10) + 1;
            }),
            ct);
    }

    /// <summary><see cref="Progress{T}"/> reports on other threads, in any order.</summary>
    private sealed class InOrder(Action<RunEvent> show) : IProgress<RunEvent>
    {
        public void Report(RunEvent value) => show(value);
    }
}
