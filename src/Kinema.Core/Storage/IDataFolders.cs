namespace Kinema.Core.Storage;

/// <summary>The folders that files are written to.</summary>
public interface IDataFolders
{
    /// <summary>Makes those that were deleted.</summary>
    /// <returns>Null if all are there, else which one cannot be made; without paths, for readiness.</returns>
    string? FindProblem();
}
