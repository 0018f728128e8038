using System.Text;

namespace Kinema.Media.Ffmpeg;

/// <summary>Reads a process output stream to its end and keeps only the last characters, so that memory stays bounded.</summary>
internal sealed class StreamTail(StreamReader source, int maxCharacters = StreamTail.MaxCharacters)
{
    public const int MaxCharacters = 2000;

    private readonly StringBuilder _text = new();

    /// <summary>Completes when the process closes the stream.</summary>
    public async Task ReadAsync()
    {
        var buffer = new char[1024];
        while (await source.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var count)
        {
            lock (_text)
            {
                _text.Append(buffer, 0, count);
                if (_text.Length > maxCharacters)
                    _text.Remove(0, _text.Length - maxCharacters);
            }
        }
    }

    public override string ToString()
    {
        lock (_text)
            return _text.ToString().Trim();
    }
}
