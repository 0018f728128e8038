namespace Kinema.Core.Catalog;

/// <summary>A manifest is invalid; the message names the file, the field and what is allowed.</summary>
public sealed class ManifestException : Exception
{
    public ManifestException()
    {
    }

    public ManifestException(string message)
        : base(message)
    {
    }

    public ManifestException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public ManifestException(string file, string field, string problem)
        : base($"{file}: {field} {problem}")
    {
    }
}
