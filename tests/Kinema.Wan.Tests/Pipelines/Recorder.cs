namespace Kinema.Wan.Tests.Pipelines;

/// <summary>Keeps what it is told, at once.</summary>
internal sealed class Recorder<T> : IProgress<T>
{
    public List<T> All { get; } = [];

    public Action<T>? On { get; init; }

    public void Report(T value)
    {
        All.Add(value);
        On?.Invoke(value);
    }
}
