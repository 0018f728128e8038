using System.ComponentModel;
using System.Diagnostics;
using Kinema.Engines;
using Microsoft.Extensions.Logging;

namespace Kinema.Media.Ffmpeg;

/// <summary>
/// A decoder process whose standard output is read in pieces; only the pipe buffers data. Disposing it kills the process.
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

    /// <param name="what">Kind of input for messages: <c>input video</c> or <c>audio</c>.</param>
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

    /// <summary>Fills the buffer, or reads to the end of the output.</summary>
    /// <returns>Bytes read.</returns>
    /// <exception cref="EngineException">The decoder made no progress within the idle timeout.</exception>
    public async Task<int> FillAsync(Memory<byte> buffer, CancellationToken ct)
    {
        using var idleTimeout = new CancellationTokenSource(_idleTimeout, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idleTimeout.Token, ct);
        // Killing the process reliably ends a blocked read.
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

    /// <summary>Waits for the process to exit after its output has ended.</summary>
    /// <exception cref="EngineException">The decoder failed.</exception>
    public async Task FinishAsync(CancellationToken ct)
    {
        await using (ct.Register(Kill).ConfigureAwait(false))
            await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        ct.ThrowIfCancellationRequested();
        await _stderrReading.ConfigureAwait(false);
        if (_process.ExitCode != 0)
            throw Broken($"the decoder ended with code {_process.ExitCode}");
    }

    /// <remarks>The decoder's stderr contains local paths, so it goes only to the log.</remarks>
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
