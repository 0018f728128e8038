using System.Buffers;
using Kinema.Engines;
using Kinema.Outbound;
using Kinema.Worker.Attempts;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Receiving;

/// <summary>Copies a finished video into the attempt's scratch folder: from a public address through the guard, or from the stream that the engine opens.</summary>
/// <param name="fetchers">None in a worker outside the server, which has no guard.</param>
/// <param name="options">Says how large a video may be.</param>
internal sealed class ReceiveVideo(IEnumerable<IMediaFetcher> fetchers, IOptions<WorkerOptions> options)
{
    public const string FileName = "received.mp4";

    private const int BufferBytes = 64 << 10;

    private long MostBytes => (long)options.Value.MaxReceivedMiB << 20;

    /// <returns>Path of the file.</returns>
    /// <exception cref="VideoNotReceivedException">It did not come whole.</exception>
    /// <exception cref="EngineContractException">It is too large, or this worker cannot fetch it.</exception>
    public async Task<string> HandleAsync(EngineEvent finished, string scratch, PhaseLimit limit, CancellationToken ct)
    {
        var path = Path.Combine(scratch, FileName);
        await using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.Asynchronous, BufferSize = 0 });
        if (finished is EngineEvent.VideoContent content)
            await CopyAsync(content, file, ct);
        else
            await FetchAsync((EngineEvent.RemoteVideo)finished, file, limit, ct);
        return path;
    }

    private async Task FetchAsync(EngineEvent.RemoteVideo video, FileStream file, PhaseLimit limit, CancellationToken ct)
    {
        if (fetchers.FirstOrDefault() is not { } fetcher)
            throw EngineContract.Violation($"its video lies elsewhere, and a worker outside the server fetches none");

        // As it was given: a signature in the query covers every character.
        var result = await fetcher.FetchAsync(new(video.Location.OriginalString, MostBytes, limit.Left), file, ct);
        if (result.Outcome == FetchOutcome.TooLarge)
            throw TooLarge();
        if (result.Outcome != FetchOutcome.Fetched)
            throw new VideoNotReceivedException(result.Reason is { } reason ? $"The finished video could not be fetched: {reason}." : "The finished video could not be fetched.");
    }

    private async Task CopyAsync(EngineEvent.VideoContent content, FileStream file, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            await using var stream = await ReadAsync(() => content.OpenAsync(ct), ct);
            long copied = 0;
            while (await ReadAsync(() => stream.ReadAsync(buffer, ct).AsTask(), ct) is > 0 and var read)
            {
                copied += read;
                if (copied > MostBytes)
                    throw TooLarge();
                await file.WriteAsync(buffer.AsMemory(0, read), ct);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>A read that fails is a matter of the other machine, a write that fails one of this one.</summary>
    private static async Task<T> ReadAsync<T>(Func<Task<T>> read, CancellationToken ct)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (e is not (EngineException or EngineBusyException) && !ct.IsCancellationRequested)
        {
            throw new VideoNotReceivedException("The finished video could not be fetched.", e);
        }
    }

    private EngineContractException TooLarge() => EngineContract.Violation($"its video has more than {options.Value.MaxReceivedMiB} MiB");
}
