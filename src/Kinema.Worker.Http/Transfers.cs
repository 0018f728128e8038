using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Kinema.Core.Runs;
using Kinema.Worker.Protocol;

namespace Kinema.Worker.Http;

/// <summary>Moves files: inputs down and artifacts up. A transfer that broke goes on where it stopped; every file is checked by its digest.</summary>
internal sealed class Transfers(WorkerServer server, TimeProvider timeProvider)
{
    private const int BufferBytes = 1 << 17;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Without a byte for so long a transfer is broken off and begun anew.</summary>
    private static readonly TimeSpan _silence = TimeSpan.FromSeconds(10);

    /// <returns>Path of the input's file.</returns>
    public async Task<string> DownloadAsync(AttemptRef attempt, OfferedMedia media, string folder, CancellationToken ct)
    {
        var path = Path.Combine(folder, "input-" + media.Digest);
        while (true)
        {
            try
            {
                await FetchRestAsync(attempt, media, path, ct);
                if (await DigestAsync(path, ct) == media.Digest)
                    return path;
                File.Delete(path);
            }
            catch (Exception e) when (e is IOException or HttpRequestException or WorkerRequestException { Status: null } || (e is OperationCanceledException && !ct.IsCancellationRequested))
            {
                await Task.Delay(_pause, timeProvider, ct);
            }
        }
    }

    /// <summary>Sends what the server does not have yet.</summary>
    public async Task<DeliveredFile> UploadAsync(AttemptRef attempt, string name, string path, CancellationToken ct)
    {
        var size = new FileInfo(path).Length;
        var digest = DigestAsync(path, ct);
        var address = WorkerProtocol.Root + Paths.Attempt(attempt, "artifacts/" + name);
        while (true)
        {
            try
            {
                var offset = await MeasureAsync(address, ct);
                if (offset == size)
                    return new(name, size, await digest);
                await SendRestAsync(address, path, offset, ct);
            }
            catch (Exception e) when (e is IOException or HttpRequestException or WorkerRequestException { Status: null or HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict } || (e is OperationCanceledException && !ct.IsCancellationRequested))
            {
                await Task.Delay(_pause, timeProvider, ct);
            }
        }
    }

    private async Task FetchRestAsync(AttemptRef attempt, OfferedMedia media, string path, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, BufferBytes, useAsync: true);
        if (file.Length >= media.SizeBytes)
            return;

        file.Position = file.Length;
        using var response = await server.SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, WorkerProtocol.Root + Paths.Attempt(attempt, "inputs/" + media.Digest));
                if (file.Position > 0)
                    request.Headers.Range = new RangeHeaderValue(file.Position, null);
                return request;
            },
            HttpCompletionOption.ResponseHeadersRead,
            _silence,
            retry: true,
            ct);
        if (response.StatusCode != HttpStatusCode.PartialContent)
        {
            // The server sends the whole file.
            file.Position = 0;
            file.SetLength(0);
        }

        await using var content = await response.Content.ReadAsStreamAsync(ct);
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var buffer = new byte[BufferBytes];
        while (true)
        {
            silence.CancelAfter(_silence);
            if (await content.ReadAsync(buffer, silence.Token) is not (> 0 and var count))
                return;
            await file.WriteAsync(buffer.AsMemory(0, count), ct);
        }
    }

    private async Task<long> MeasureAsync(string address, CancellationToken ct)
    {
        using var response = await server.SendAsync(() => new(HttpMethod.Get, address), HttpCompletionOption.ResponseContentRead, _silence, retry: true, ct);
        return response.Headers.TryGetValues(WorkerProtocol.OffsetHeader, out var values) && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? offset
            : throw new WorkerRequestException(response.StatusCode, null, $"The server's answer lacks {WorkerProtocol.OffsetHeader}.");
    }

    private async Task SendRestAsync(string address, string path, long offset, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, useAsync: true);
        file.Position = offset;
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(ct);
        silence.CancelAfter(_silence);
        using var response = await server.SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Patch, address) { Content = new StreamContent(new WatchedStream(file, () => silence.CancelAfter(_silence)), BufferBytes) };
                request.Content.Headers.ContentType = new("application/octet-stream");
                request.Headers.Add(WorkerProtocol.OffsetHeader, offset.ToString(CultureInfo.InvariantCulture));
                return request;
            },
            HttpCompletionOption.ResponseContentRead,
            timeout: null,
            retry: false,
            silence.Token);
    }

    private static async Task<string> DigestAsync(string path, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, useAsync: true);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
    }
}
