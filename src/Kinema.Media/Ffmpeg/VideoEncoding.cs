using System.Diagnostics;
using Kinema.Engines;
using Microsoft.Extensions.Logging;

namespace Kinema.Media.Ffmpeg;

internal sealed class VideoEncoding : IVideoEncoding
{
    private readonly Process _process;
    private readonly VideoFormat _format;
    private readonly IReadOnlyList<string> _paths;
    private readonly TimeSpan _idleTimeout;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly StreamTail _stderr;
    private readonly Task _drained;
    private int _frames;
    private bool _ended;

    /// <param name="paths">Path of the output, then paths of other inputs.</param>
    public VideoEncoding(Process process, VideoFormat format, IReadOnlyList<string> paths, TimeSpan idleTimeout, TimeProvider timeProvider, ILogger logger)
    {
        (_process, _format, _paths, _idleTimeout, _timeProvider, _logger) = (process, format, paths, idleTimeout, timeProvider, logger);
        _stderr = new StreamTail(process.StandardError);
        _drained = Task.WhenAll(_stderr.ReadAsync(), new StreamTail(process.StandardOutput).ReadAsync());
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> frame, CancellationToken ct)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        if (frame.Length != _format.FrameBytes)
            throw new EncodingException($"a frame of {_format.Width}×{_format.Height} has {_format.FrameBytes} bytes; got {frame.Length}");
        if (_frames == _format.FrameCount)
            throw new EncodingException($"{_format.FrameCount} frames were announced; one more came");

        await WithinAsync("take a frame", token => _process.StandardInput.BaseStream.WriteAsync(frame, token).AsTask(), ct).ConfigureAwait(false);
        _frames++;
    }

    public async Task FinishAsync(CancellationToken ct)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        if (_frames != _format.FrameCount)
            throw new EncodingException($"{_format.FrameCount} frames were announced; only {_frames} came");

        await WithinAsync("close the file", CloseAsync, ct).ConfigureAwait(false);
        if (_process.ExitCode != 0)
            throw Failed($"ended with code {_process.ExitCode}", null);
        _ended = true;
        _logger.EncoderFinished(_process.Id, _frames);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private async Task CloseAsync(CancellationToken ct)
    {
        await _process.StandardInput.BaseStream.DisposeAsync().ConfigureAwait(false);
        await _process.WaitForExitAsync(ct).ConfigureAwait(false);
        await _drained.WaitAsync(ct).ConfigureAwait(false);
    }

    /// <summary>A partial frame cannot be undone, so a cancelled or failed step also kills the encoder.</summary>
    private async Task WithinAsync(string what, Func<CancellationToken, Task> step, CancellationToken ct)
    {
        using var idleTimeout = new CancellationTokenSource(_idleTimeout, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idleTimeout.Token, ct);
        try
        {
            await step(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await KillAsync().ConfigureAwait(false);
            throw;
        }
        catch (OperationCanceledException e)
        {
            await KillAsync().ConfigureAwait(false);
            throw Failed($"did not {what} within {_idleTimeout.TotalSeconds:0.#} seconds", e);
        }
        catch (IOException e)
        {
            await KillAsync().ConfigureAwait(false);
            throw Failed($"ended before it could {what}", e);
        }
    }

    private async Task KillAsync()
    {
        if (_ended)
            return;
        _ended = true;
        if (!_process.HasExited)
            _logger.EncoderKilled(_process.Id, _frames);
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        await _drained.ConfigureAwait(false);
    }

    /// <remarks>The message may reach a caller, so local paths are removed.</remarks>
    private EncodingException Failed(string how, Exception? cause)
    {
        var stderr = _paths.Aggregate(
            _stderr.ToString(), (text, path) => text.Replace(path, path == _paths[0] ? "output" : "soundtrack", StringComparison.Ordinal));
        var message = $"the encoder {how} after {_frames} of {_format.FrameCount} frames" + (stderr.Length == 0 ? "" : $"; stderr: {stderr}");
        return cause is null ? new EncodingException(message) : new EncodingException(message, cause);
    }
}
