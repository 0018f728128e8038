using Kinema.Wan.Checkpoints.Conversion;

namespace Kinema.Wan.Checkpoints;

/// <summary>A chunk of a tensor that one thread converts, or only reads if it stays in the memory-mapped file.</summary>
/// <param name="Source">Address of the stored tensor.</param>
/// <param name="Target">Address of the loaded tensor; 0 if it stays mapped.</param>
/// <param name="Conversion">The type conversion.</param>
/// <param name="Start">The first number of the chunk.</param>
/// <param name="Count">Number of numbers.</param>
/// <param name="Scale">The scale; null for none.</param>
internal sealed record LoadChunk(nint Source, nint Target, TypeConversion Conversion, long Start, int Count, RowScale? Scale)
{
    private const int ChunkBytes = 4 << 20;
    private const int PageBytes = 4096;

    public int BytesRead => (int)Conversion.BytesOf(Count);

    /// <summary>Returns the chunks of a range of a tensor's numbers, in order.</summary>
    public static IEnumerable<LoadChunk> Of(nint source, nint target, TypeConversion change, long start, long count, RowScale? scale = null)
    {
        var step = change.NumbersIn(ChunkBytes);
        for (var at = start; at < start + count; at += step)
            yield return new(source, target, change, at, (int)Math.Min(step, start + count - at), scale);
    }

    public void Load()
    {
        if (Target == 0)
            ReadPages(From(Start, Count));
        else if (Scale is null)
            Conversion.Run(From(Start, Count), To(Start, Count), null);
        else
            LoadRows(Scale);
    }

    // Reads one byte of each page, so that progress is accurate and a failing disk shows during loading, not during a generation.
    private static void ReadPages(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i += PageBytes)
            Volatile.Read(in bytes[i]);
    }

    private void LoadRows(RowScale scale)
    {
        for (var (at, end) = (Start, Start + Count); at < end;)
        {
            var count = (int)Math.Min(end - at, scale.LeftInRow(at));
            Conversion.Run(From(at, count), To(at, count), scale.Of(at));
            at += count;
        }
    }

    private ReadOnlySpan<byte> From(long start, int count) => TensorMemory.Span(Source, Conversion.BytesOf(start), (int)Conversion.BytesOf(count));

    private Span<byte> To(long start, int count) => TensorMemory.Span(Target, start * Conversion.SizeTo, count * Conversion.SizeTo);
}
