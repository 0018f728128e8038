using Kinema.Cli.Output;
using Spectre.Console;

namespace Kinema.Wan.Worker.Videos;

/// <summary>Shows loading and a generation: a progress bar on a terminal, else a line for each phase.</summary>
internal sealed class GenerationBar(Terminal terminal, ProgressTask? bar) : IProgress<LoadProgress>, IProgress<WanProgress>
{
    private string _phase = "";

    /// <summary>Runs some work with a bar.</summary>
    public static Task<T> RunAsync<T>(Terminal terminal, Func<GenerationBar, Task<T>> work) => !terminal.IsInteractive
        ? work(new(terminal, null))
        : terminal.ErrorConsole.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 40 }, new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context => work(new(terminal, context.AddTask("starting", maxValue: 1))));

    public void Report(LoadProgress value) =>
        Show("loading", value.BytesTotal == 0 ? 1 : (double)value.BytesDone / value.BytesTotal, $"{Wording.Bytes(value.BytesDone)} of {Wording.Bytes(value.BytesTotal)}");

    public void Report(WanProgress value)
    {
        switch (value.Phase)
        {
            case WanPhase.EncodePrompt: Show("encoding text", 0, ""); break;
            case WanPhase.EncodeImage: Show("encoding image", 0, ""); break;
            case WanPhase.Denoise:
                var done = value.Step + (value.Blocks == 0 ? 0 : (double)value.Block / value.Blocks);
                Show("denoising", done / value.Steps, $"{value.Step} of {value.Steps}");
                break;
            case WanPhase.Decode: Show("decoding", 0, ""); break;
        }
    }

    public void Frame(int done, int total) => Show("decoding", (double)done / total, $"frame {done} of {total}");

    private void Show(string phase, double fraction, string detail)
    {
        if (bar is not null)
        {
            bar.Description = $"{phase} {detail}".TrimEnd();
            bar.Value = fraction;
        }
        else if (phase != _phase)
        {
            terminal.Error.WriteLine(phase);
        }

        _phase = phase;
    }
}
