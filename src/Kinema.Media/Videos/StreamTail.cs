using System.Text;

namespace Kinema.Media.Videos;

/// <summary>Reads what a program says until it ends and keeps only the end of it, so that a talkative program costs no memory.</summary>
internal sealed class StreamTail(StreamReader source)
{
    private const int Kept = 2000;

    private readonly StringBuilder _text = new();

    /// <summary>Ends when the program closes its side.</summary>
    public async Task ReadAsync()
    {
        var buffer = new char[1024];
        while (await source.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var count)
        {
            lock (_text)
            {
                _text.Append(buffer, 0, count);
                if (_text.Length > Kept)
                    _text.Remove(0, _text.Length - Kept);
            }
        }
    }

    public override string ToString()
    {
        lock (_text)
            return _text.ToString().Trim();
    }
}
