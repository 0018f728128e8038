namespace Kinema.Core.Admission;

/// <summary>Checks free disk space for new runs.</summary>
public interface IDiskSpaceCheck
{
    bool HasFreeSpace { get; }
}
