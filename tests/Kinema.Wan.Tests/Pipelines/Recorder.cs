namespace Kinema.Wan.Tests.Pipelines;

/// <summary>Records reports synchronously.</summary>
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
