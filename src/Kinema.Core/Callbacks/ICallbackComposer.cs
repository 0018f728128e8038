using Kinema.Core.Runs;

namespace Kinema.Core.Callbacks;

/// <summary>Creates the callback body of a finished run. Called inside the transaction that ends the run, so that its outbox row is always stored.</summary>
public interface ICallbackComposer
{
    /// <returns>UTF-8 JSON exactly as it will be sent on every attempt.</returns>
    byte[] Compose(Run run);
}
