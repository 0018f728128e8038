using System.Text;

namespace Kinema.Cli.Tests;

/// <summary>The output of a command, readable while it still runs.</summary>
internal sealed class WatchedWriter : StringWriter
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Append(() => base.Write(value));

    public override void Write(string? value) => Append(() => base.Write(value));

    public override void Write(char[] buffer, int index, int count) => Append(() => base.Write(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void WriteLine(string? value) => Write(value + NewLine);

    public override string ToString()
    {
        lock (_lock)
            return base.ToString();
    }

    public async Task<string> ReadUntilAsync(string part, CancellationToken ct)
    {
        while (true)
        {
            Task changed;
            string text;
            lock (_lock)
                (changed, text) = (_changed.Task, base.ToString());
            if (text.Contains(part, StringComparison.Ordinal))
                return text;
            await changed.WaitAsync(ct);
        }
    }

    private void Append(Action write)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            write();
            (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }
}
