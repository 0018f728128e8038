using System.Diagnostics;
using System.Text;

namespace Kinema.Media.Ffmpeg;

/// <summary>Result of a process. <see cref="IsComplete"/> is false if the output exceeded the limit and the process was killed.</summary>
internal sealed record ProcessResult(int ExitCode, string Text, string Stderr, bool IsComplete);

/// <summary>Runs a process and captures its output up to a limit. Always leaves no process behind.</summary>
internal static class ProcessRunner
{
    /// <param name="maxStderr">Characters that are kept of the end of what the process reports.</param>
    /// <exception cref="OperationCanceledException">The time limit passed.</exception>
    public static async Task<ProcessResult> RunAsync(ProcessStartInfo start, int maxCharacters, CancellationToken ct, int maxStderr = StreamTail.MaxCharacters)
    {
        ct.ThrowIfCancellationRequested();
        using var process = Process.Start(start)!;
        var stderr = new StreamTail(process.StandardError, maxStderr);
        var stderrReading = stderr.ReadAsync();
        try
        {
            process.StandardInput.Close();
            var text = new StringBuilder();
            var isComplete = await ReadAsync(process.StandardOutput, text, maxCharacters, ct).ConfigureAwait(false);
            if (!isComplete)
                process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(ct).ConfigureAwait(false);
            await stderrReading.WaitAsync(ct).ConfigureAwait(false);
            return new(process.ExitCode, text.ToString(), stderr.ToString(), isComplete);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            }

            await stderrReading.ConfigureAwait(false);
        }
    }

    private static async Task<bool> ReadAsync(StreamReader source, StringBuilder text, int maxCharacters, CancellationToken ct)
    {
        var buffer = new char[4096];
        while (await source.ReadAsync(buffer, ct).ConfigureAwait(false) is > 0 and var count)
        {
            if (text.Length + count > maxCharacters)
                return false;
            text.Append(buffer, 0, count);
        }

        return true;
    }
}
