using Kinema.Core.Admission;
using Kinema.Core.Artifacts;
using Kinema.Server.Configuration;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Admission;

/// <summary>The point at which the server takes nothing more, so that what it has taken can still be finished.</summary>
internal sealed class DiskSpaceCheck(IArtifactStore artifacts, IOptions<ServerOptions> options) : IDiskSpaceCheck
{
    public bool HasFreeSpace => artifacts.FreeBytes >= options.Value.MinFreeBytes;
}
