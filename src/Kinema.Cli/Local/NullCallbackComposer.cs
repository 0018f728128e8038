using Kinema.Core.Callbacks;
using Kinema.Core.Runs;

namespace Kinema.Cli.Local;

/// <summary>The store asks for a composer because ending a run writes its callback; a command beside the server ends none.</summary>
internal sealed class NullCallbackComposer : ICallbackComposer
{
    public byte[] Compose(Run run) => throw new InvalidOperationException($"A tool must not end run {run.Id}.");
}
