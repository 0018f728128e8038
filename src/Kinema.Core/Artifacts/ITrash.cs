namespace Kinema.Core.Artifacts;

/// <summary>Files that the sweep found and no record names, kept for a while in case a record turns up.</summary>
public interface ITrash
{
    /// <summary>Deletes what has been there for <paramref name="keep"/> or longer.</summary>
    /// <returns>Number of deleted files.</returns>
    int DeleteExpired(TimeSpan keep);
}
