using Kinema.Server.Requests;

namespace Kinema.Server.Sessions;

/// <summary>Makes links that sign a browser in, only where nobody but this machine can reach the server.</summary>
internal sealed class SignInLinks(SignInCodes codes, ServerAddress address)
{
    /// <summary>A link that works once, for ten minutes; null where an address that is not loopback is bound. Needs a server that listens.</summary>
    /// <param name="token">The API key that the session stands for.</param>
    public Uri? Create(string token) => address.OnlyLoopbackIsBound ? new Uri(address.Base, $"sign-in?code={codes.Create(token)}") : null;
}
