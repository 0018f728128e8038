using System.Text;
using Kinema.Core.Callbacks;
using Kinema.Core.Runs;

namespace Kinema.Storage.Tests.Conformance;

/// <summary>A body that says what it was made from.</summary>
public sealed class RecordingComposer : ICallbackComposer
{
    /// <summary>Ids for which composing breaks.</summary>
    public HashSet<Guid> Broken { get; } = [];

    public byte[] Compose(Run run) => Broken.Contains(run.Id)
        ? throw new InvalidOperationException("This run's body cannot be made.")
        : Encoding.UTF8.GetBytes($"{run.Id} {run.Status.ToCode()} {run.Cost} {run.CompletedAt:O} {run.Failure?.Code}");
}
