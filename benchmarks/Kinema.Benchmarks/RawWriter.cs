using System.Threading.Channels;

namespace Kinema.Benchmarks;

/// <summary>Brings creates of many callers to <see cref="RawSql"/>: each with its own commit, or those that wait together with one.</summary>
internal sealed class RawWriter : IAsyncDisposable
{
    private const int MaxBatch = 128;

    private readonly RawSql _sql;
    private readonly int _maxBatch;
    private readonly Channel<TaskCompletionSource<string>> _waiting = Channel.CreateUnbounded<TaskCompletionSource<string>>();
    private readonly Task _writing;

    public RawWriter(string folder, bool groupCommit)
    {
        _sql = new(folder);
        _maxBatch = groupCommit ? MaxBatch : 1;
        _writing = Task.Run(WriteAsync);
    }

    public Task<string> CreateAsync()
    {
        var create = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Writer.TryWrite(create);
        return create.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.Complete();
        await _writing;
        _sql.Dispose();
    }

    private async Task WriteAsync()
    {
        var batch = new List<TaskCompletionSource<string>>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (batch.Count < _maxBatch && _waiting.Reader.TryRead(out var create))
                batch.Add(create);
            string[] ids = batch.Count == 1 ? [_sql.Create()] : _sql.CreateTogether(batch.Count);
            for (var i = 0; i < ids.Length; i++)
                batch[i].SetResult(ids[i]);
            batch.Clear();
        }
    }
}
