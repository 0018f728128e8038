using System.Buffers;
using Kinema.Server.Configuration;
using Kinema.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Requests;

/// <summary>Reads the body of a create call, which may hold media of many megabytes, into memory that exists once.</summary>
internal sealed class CreateBody(BodyMemory memory, IOptions<ServerOptions> options, TimeProvider timeProvider)
{
    public Task<(PooledBody? Body, IResult? Refusal)> ReadAsync(HttpRequest request, Func<Task<IResult?>> refuseLarge, CancellationToken ct) =>
        ReadAsync(request, JsonBody.RefuseType, refuseLarge, ct);

    /// <param name="request">The request.</param>
    /// <param name="refuseType">Refuses a body of a type that the route does not read.</param>
    /// <param name="refuseLarge">Asked before a body above 1 MiB is read; an answer refuses the request.</param>
    /// <param name="ct">Ends when the caller goes away.</param>
    public async Task<(PooledBody? Body, IResult? Refusal)> ReadAsync(
        HttpRequest request, Func<HttpRequest, ApiError?> refuseType, Func<Task<IResult?>> refuseLarge, CancellationToken ct)
    {
        if (refuseType(request) is { } refusal)
            return (null, refusal);

        await using var content = BodyEncoding.Open(request);
        var isCounted = !BodyEncoding.IsPacked(request) && (request.ContentLength is not null || request.Headers.TransferEncoding.Count == 0);
        var length = request.ContentLength ?? 0;
        if (length > JsonBody.MaxCreateBytes)
            await request.Body.ReadExactlyAsync(new byte[1], ct); // the host refuses it
        if (isCounted && length > JsonBody.MaxBytes)
            return await ReadLargeAsync(request, content, (int)length, ReadOnlyMemory<byte>.Empty, refuseLarge, ct);

        var small = new PooledBody(ArrayPool<byte>.Shared, isCounted ? (int)length : (int)JsonBody.MaxBytes);
        try
        {
            await small.FillAsync(content, ct);
            if (isCounted || !small.IsFull)
                return (small, null);

            using (small)
                return await ReadLargeAsync(request, content, (int)JsonBody.MaxCreateBytes, small.Bytes, refuseLarge, ct);
        }
        catch
        {
            small.Dispose();
            throw;
        }
    }

    private async Task<(PooledBody? Body, IResult? Refusal)> ReadLargeAsync(
        HttpRequest request, Stream content, int capacity, ReadOnlyMemory<byte> read, Func<Task<IResult?>> refuseLarge, CancellationToken ct)
    {
        if (await refuseLarge() is { } refusal)
            return (null, refusal);

        if (await memory.TryRentAsync(capacity, ct) is not { } body)
            return (null, ApiErrors.ServerBusy("The server holds as many large bodies as fit; try again, or upload the media first (POST /v1/asset-uploads)."));

        // A slow caller would otherwise keep others out for as long as it likes.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.LargeBodyTimeoutSeconds), timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            body.Append(read);
            await body.FillAsync(content, either.Token);

            // A body that fills the memory may go on; only reading on lets the host, or the unpacking, notice that it is too long.
            if (body.IsFull)
                await content.CopyToAsync(Stream.Null, either.Token);
            return (body, null);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            body.Dispose();
            request.HttpContext.Response.Headers.Connection = "close";
            return (null, ApiErrors.RequestTimeout($"The body did not come within {options.Value.LargeBodyTimeoutSeconds} seconds; upload the media first (POST /v1/asset-uploads)."));
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }
}
