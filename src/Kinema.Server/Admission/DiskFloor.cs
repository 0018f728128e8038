using Kinema.Core.Storage;
using Kinema.Server.Configuration;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Admission;

internal sealed class DiskFloor(IOptions<ServerOptions> options) : IDiskFloor
{
    public long MinFreeBytes => options.Value.MinFreeBytes;
}
