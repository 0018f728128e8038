using System.Diagnostics;
using System.Text;

namespace Kinema.Media.Videos;

/// <summary>What a program answered. <see cref="IsWhole"/> is false when it said more than was wanted and was ended.</summary>
internal sealed record Answer(int ExitCode, string Text, string LastWords, bool IsWhole);

/// <summary>Runs a program to its end for what it prints, within a length; whatever happens, no process is left.</summary>
internal static class Question
{
    /// <exception cref="OperationCanceledException">The time was over.</exception>
    public static async Task<Answer> AskAsync(ProcessStartInfo start, int mostCharacters, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var process = Process.Start(start)!;
        var words = new LastWords(process.StandardError);
        var complaints = words.ReadAsync();
        try
        {
            process.StandardInput.Close();
            var text = new StringBuilder();
            var whole = await ReadAsync(process.StandardOutput, text, mostCharacters, ct).ConfigureAwait(false);
            if (!whole)
                process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(ct).ConfigureAwait(false);
            await complaints.WaitAsync(ct).ConfigureAwait(false);
            return new(process.ExitCode, text.ToString(), words.ToString(), whole);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            }

            await complaints.ConfigureAwait(false);
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
