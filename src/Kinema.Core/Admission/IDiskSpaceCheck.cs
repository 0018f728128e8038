namespace Kinema.Core.Admission;

/// <summary>Whether there is room for another run's files.</summary>
public interface IDiskSpaceCheck
{
    bool HasFreeSpace { get; }
}
