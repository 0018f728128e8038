namespace Kinema.Client;

/// <summary>A list on the server. Enumerating it reads page after page; <see cref="GetPageAsync"/> reads one.</summary>
/// <remarks>Nothing is sent before it is enumerated.</remarks>
public sealed class PagedList<T> : IAsyncEnumerable<T>
{
    private readonly Func<string?, CancellationToken, Task<Page<T>>> _read;
    private readonly string? _cursor;

    internal PagedList(Func<string?, CancellationToken, Task<Page<T>>> read, string? cursor) => (_read, _cursor) = (read, cursor);

    /// <summary>Reads the page at <see cref="ListOptions.Cursor"/>, the first one by default.</summary>
    public Task<Page<T>> GetPageAsync(CancellationToken cancellationToken = default) => _read(_cursor, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var cursor = _cursor;
        do
        {
            var page = await _read(cursor, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items)
                yield return item;
            cursor = page.Next;
        }
        while (cursor is not null);
    }
}
