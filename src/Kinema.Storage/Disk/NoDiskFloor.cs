using Kinema.Core.Storage;

namespace Kinema.Storage.Disk;

/// <summary>For programs that take no work from outside.</summary>
internal sealed class NoDiskFloor : IDiskFloor
{
    public long MinFreeBytes => 0;
}
