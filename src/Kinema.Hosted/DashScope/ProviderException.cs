namespace Kinema.Hosted.DashScope;

/// <summary>The provider said no, and a repetition would not change it.</summary>
internal sealed class ProviderException(ProviderError error) : Exception($"{error.Status} {error.Code}")
{
    public ProviderError Error { get; } = error;
}
