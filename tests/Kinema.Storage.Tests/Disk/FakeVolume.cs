using Kinema.Core.Storage;
using Kinema.Storage.Disk;

namespace Kinema.Storage.Tests.Disk;

internal sealed record FakeVolume(Func<long> Free) : IVolume
{
    public long FreeBytes => Free();
}

internal sealed record FakeFloor(long MinFreeBytes) : IDiskFloor;
