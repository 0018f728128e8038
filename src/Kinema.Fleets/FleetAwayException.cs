namespace Kinema.Fleets;

/// <summary>A server of the fleet does not answer, or says that it cannot for now.</summary>
internal sealed class FleetAwayException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Whether the server may have got the request, so that nobody knows what became of it.</summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>Whether it answered and is only full.</summary>
    public bool IsFull { get; init; }
}
