namespace Kinema.Benchmarks;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("kinema-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
