using Kinema.Core.Runs;
using Kinema.Worker.Assignments;
using Kinema.Worker.Attempts;
using Kinema.Worker.Protocol;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Http;

/// <summary>What an assignment of a server elsewhere works with.</summary>
internal sealed class RemoteAssignments(WorkerServer server, Transfers transfers, MakePictures pictures, IOptions<RemoteWorkerOptions> options, TimeProvider timeProvider)
{
    public WorkerServer Server => server;

    public Transfers Transfers => transfers;

    public MakePictures Pictures => pictures;

    public TimeProvider TimeProvider => timeProvider;

    public string Root => options.Value.ScratchFolder ?? Path.Combine(Path.GetTempPath(), "kinema-worker");

    public Assignment Create(OfferedWork work, Guid workerId) => new RemoteAssignment(work, new AttemptRef(work.RunId, work.Fence, workerId), this);
}
