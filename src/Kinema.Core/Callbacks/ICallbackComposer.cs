using Kinema.Core.Runs;

namespace Kinema.Core.Callbacks;

/// <summary>Makes the body of a callback from a terminal run. Called inside the transaction that ends the run, so that no end is without its outbox row.</summary>
public interface ICallbackComposer
{
    /// <returns>UTF-8 JSON exactly as it will be sent on every attempt.</returns>
    byte[] Compose(Run run);
}
