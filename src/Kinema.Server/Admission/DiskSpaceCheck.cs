using Kinema.Core.Admission;
using Kinema.Core.Artifacts;
using Kinema.Server.Configuration;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Admission;

/// <summary>Rejects new work below the minimum of free disk space, so that accepted runs can still finish.</summary>
internal sealed class DiskSpaceCheck(IArtifactStore artifacts, IOptions<ServerOptions> options) : IDiskSpaceCheck
{
    public bool HasFreeSpace => artifacts.FreeBytes >= options.Value.MinFreeBytes;
}
