using System.ComponentModel;
using System.Diagnostics;
using Kinema.Engines;
using Microsoft.Extensions.Logging;

namespace Kinema.Media.Videos;

/// <summary>
/// What a decoder writes to its standard output, taken piece by piece: the pipe is all that is ever buffered. Disposing it ends the program, done or not.
/// </summary>
internal sealed class DecoderProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _what;
    private readonly TimeSpan _idleTimeout;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly StreamTail _stderr;
    private readonly Task _stderrReading;

    private DecoderProcess(Process process, string what, TimeSpan idleTimeout, TimeProvider timeProvider, ILogger logger)
    {
        (_process, _what, _idleTimeout, _timeProvider, _logger) = (process, what, idleTimeout, timeProvider, logger);
        _stderr = new StreamTail(process.StandardError);
        _stderrReading = _stderr.ReadAsync();
    }

    /// <param name="what">For the messages: <c>clip</c> or <c>sound</c>.</param>
    public static DecoderProcess Start(MediaOptions media, IReadOnlyList<string> arguments, string what, TimeProvider timeProvider, ILogger logger)
    {
        var program = ProcessLauncher.FindOnPath(media.FfmpegPath) ?? throw new InvalidOperationException(FfmpegProbe.Missing(media.FfmpegPath));
        try
        {
            var process = Process.Start(ProcessLauncher.CreateStartInfo(program, arguments, media.MemoryLimitMiB, media.CpuSecondsLimit))!;
            process.StandardInput.Close();
            PipeBuffer.Enlarge(process.StandardOutput.BaseStream);
            logger.DecoderStarted(process.Id, what);
            return new(process, what, TimeSpan.FromSeconds(media.IdleTimeoutSeconds), timeProvider, logger);
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
        using var idleTimeout = new CancellationTokenSource(_idleTimeout, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idleTimeout.Token, ct);
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
            throw Broken($"nothing came for {_idleTimeout.TotalSeconds:0.#} seconds");
        }
    }

    /// <summary>Waits for the program's end, once its output has ended.</summary>
    /// <exception cref="EngineException">It failed.</exception>
    public async Task FinishAsync(CancellationToken ct)
    {
        await using (ct.Register(Kill).ConfigureAwait(false))
            await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        ct.ThrowIfCancellationRequested();
        await _stderrReading.ConfigureAwait(false);
        if (_process.ExitCode != 0)
            throw Broken($"the decoder ended with code {_process.ExitCode}");
    }

    /// <remarks>The decoder's own words name places on this machine: they are for the log only.</remarks>
    public EngineException Broken(string why)
    {
        _logger.DecoderFailed(_process.Id, _what, why, _stderr.ToString());
        return new($"the {_what} cannot be decoded: {why}") { Code = "INPUT_MEDIA_INVALID" };
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        await _stderrReading.ConfigureAwait(false);
        _process.Dispose();
    }

    private void Kill()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
    }
}
