namespace Kinema.Core.Storage;

/// <summary>The least free space on the data volume; what lies below is kept for runs under way.</summary>
public interface IDiskFloor
{
    /// <summary>0 for a program without a floor.</summary>
    long MinFreeBytes { get; }
}
