using System.Diagnostics;
using System.Text;

namespace Kinema.Media.Videos;

/// <summary>What a program answered. <see cref="IsComplete"/> is false when it said more than was wanted and was ended.</summary>
internal sealed record ProcessResult(int ExitCode, string Text, string Stderr, bool IsComplete);

/// <summary>Runs a program to its end for what it prints, within a length; whatever happens, no process is left.</summary>
internal static class ProcessRunner
{
    /// <exception cref="OperationCanceledException">The time was over.</exception>
    public static async Task<ProcessResult> RunAsync(ProcessStartInfo start, int maxCharacters, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var process = Process.Start(start)!;
        var words = new StreamTail(process.StandardError);
        var stderrReading = words.ReadAsync();
        try
        {
            process.StandardInput.Close();
            var text = new StringBuilder();
            var whole = await ReadAsync(process.StandardOutput, text, maxCharacters, ct).ConfigureAwait(false);
            if (!whole)
                process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(ct).ConfigureAwait(false);
            await stderrReading.WaitAsync(ct).ConfigureAwait(false);
            return new(process.ExitCode, text.ToString(), words.ToString(), whole);
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

    private static async Task<bool> ReadAsync(StreamReader source, StringBuilder text, int most, CancellationToken ct)
    {
        var buffer = new char[4096];
        while (await source.ReadAsync(buffer, ct).ConfigureAwait(false) is > 0 and var count)
        {
            if (text.Length + count > most)
                return false;
            text.Append(buffer, 0, count);
        }

        return true;
    }
}
