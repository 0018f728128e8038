using Kinema.Core.Callbacks;
using Kinema.Core.Runs;

namespace Kinema.Cli.Local;

/// <summary>Callback composer for local commands. The store needs one to end runs, but local commands never end runs.</summary>
internal sealed class NullCallbackComposer : ICallbackComposer
{
    public byte[] Compose(Run run) => throw new InvalidOperationException($"A tool must not end run {run.Id}.");
}
