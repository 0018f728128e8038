namespace Kinema.Worker.Http;

/// <summary>Sends what comes while a request is under way in the next one, in order.</summary>
/// <param name="most">Most items of a request.</param>
/// <param name="send">Sends items; returns the answers in their order.</param>
internal sealed class Batch<TItem, TAnswer>(int most, Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TAnswer>>> send)
{
    private readonly Lock _gate = new();
    private readonly Queue<(TItem Item, TaskCompletionSource<TAnswer> Answer)> _waiting = new();
    private bool _isSending;

    /// <summary>Items that wait for a request.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    public Task<TAnswer> AddAsync(TItem item)
    {
        var answer = new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Enqueue((item, answer));
            if (_isSending)
                return answer.Task;

            _isSending = true;
        }

        _ = Task.Run(SendAllAsync);
        return answer.Task;
    }

    private async Task SendAllAsync()
    {
        while (Take() is { Count: > 0 } items)
        {
            try
            {
                var answers = await send([.. items.Select(i => i.Item)]);
                for (var i = 0; i < items.Count; i++)
                    items[i].Answer.SetResult(answers[i]);
            }
            catch (Exception e)
            {
                foreach (var (_, answer) in items)
                {
                    answer.TrySetException(e);

                    // Nobody may wait for it.
                    _ = answer.Task.Exception;
                }
            }
        }
    }

    private List<(TItem Item, TaskCompletionSource<TAnswer> Answer)> Take()
    {
        lock (_gate)
        {
            var items = new List<(TItem, TaskCompletionSource<TAnswer>)>();
            while (items.Count < most && _waiting.TryDequeue(out var next))
                items.Add(next);
            _isSending = items.Count > 0;
            return items;
        }
    }
}
