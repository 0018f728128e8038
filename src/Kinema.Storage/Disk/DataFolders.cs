using Kinema.Core.Storage;

namespace Kinema.Storage.Disk;

internal sealed class DataFolders(DataFolder folder) : IDataFolders
{
    public string? FindProblem()
    {
        // A new data folder would have no database: making one helps nobody.
        if (!Directory.Exists(folder.Root))
            return "the data folder is gone";

        return folder.ForFiles.FirstOrDefault(path => !CanBeMade(path)) is { } lost
            ? $"{Path.GetRelativePath(folder.Root, lost)}/ in the data folder is gone and cannot be made"
            : null;
    }

    private static bool CanBeMade(string path)
    {
        try
        {
            DataFolder.CreatePrivate(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
