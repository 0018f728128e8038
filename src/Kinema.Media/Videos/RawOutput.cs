using System.ComponentModel;
using System.Diagnostics;
using Kinema.Engines;
using Microsoft.Extensions.Logging;

namespace Kinema.Media.Videos;

/// <summary>
/// What a decoder writes to its standard output, taken piece by piece: the pipe is all that is ever buffered. Disposing it ends the program, done or not.
/// </summary>
internal sealed class RawOutput : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _what;
    private readonly TimeSpan _stall;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly LastWords _words;
    private readonly Task _complaints;

    private RawOutput(Process process, string what, TimeSpan stall, TimeProvider clock, ILogger logger)
    {
        (_process, _what, _stall, _clock, _logger) = (process, what, stall, clock, logger);
        _words = new LastWords(process.StandardError);
        _complaints = _words.ReadAsync();
    }

    /// <param name="what">For the messages: <c>clip</c> or <c>sound</c>.</param>
    public static RawOutput Start(MediaOptions media, IReadOnlyList<string> arguments, string what, TimeProvider clock, ILogger logger)
    {
        var program = Programs.Find(media.FfmpegPath) ?? throw new InvalidOperationException(FfmpegProbe.Missing(media.FfmpegPath));
        try
        {
            var process = Process.Start(Programs.Describe(program, arguments, media.MemoryLimitMiB, media.CpuSecondsLimit))!;
            process.StandardInput.Close();
            WidePipe.Ask(process.StandardOutput.BaseStream);
            logger.DecoderStarted(process.Id, what);
            return new(process, what, TimeSpan.FromSeconds(media.StallSeconds), clock, logger);
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"the decoder '{program}' cannot be started: {e.Message}", e);
        }
    }

    /// <summary>Fills the buffer unless the output ends before.</summary>
    /// <returns>Bytes read.</returns>
    /// <exception cref="EngineException">Nothing came for too long.</exception>
    public async Task<int> FillAsync(Memory<byte> buffer, CancellationToken ct)
    {
        using var stall = new CancellationTokenSource(_stall, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stall.Token, ct);
        // A blocked read ends for certain when the other side of the pipe does.
        await using var ending = either.Token.Register(Kill).ConfigureAwait(false);
        try
        {
            var count = await _process.StandardOutput.BaseStream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, either.Token).ConfigureAwait(false);
            either.Token.ThrowIfCancellationRequested();
            return count;
        }
        catch (Exception e) when (either.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            ct.ThrowIfCancellationRequested();
            throw Broken($"nothing came for {_stall.TotalSeconds:0.#} seconds");
        }
    }

    /// <summary>Waits for the program's end, once its output has ended.</summary>
    /// <exception cref="EngineException">It failed.</exception>
    public async Task FinishAsync(CancellationToken ct)
    {
        await using (ct.Register(Kill).ConfigureAwait(false))
            await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        ct.ThrowIfCancellationRequested();
        await _complaints.ConfigureAwait(false);
        if (_process.ExitCode != 0)
            throw Broken($"the decoder ended with code {_process.ExitCode}");
    }

    /// <remarks>The decoder's own words name places on this machine: they are for the log only.</remarks>
    public EngineException Broken(string why)
    {
        _logger.DecoderFailed(_process.Id, _what, why, _words.ToString());
        return new($"the {_what} cannot be decoded: {why}") { Code = "INPUT_MEDIA_INVALID" };
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        await _complaints.ConfigureAwait(false);
        _process.Dispose();
    }

    private void Kill()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
    }
}
