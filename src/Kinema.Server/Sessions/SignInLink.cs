using Kinema.Server.Lifecycle;
using Kinema.Server.Requests;
using Microsoft.Extensions.Hosting;

namespace Kinema.Server.Sessions;

/// <summary>Makes the link that signs the owner of the terminal in, at the first start and only where nobody but this machine can reach the server.</summary>
internal sealed class SignInLink(FirstKey first, SignInCodes codes, ServerAddress address) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (first.Token is { } token && address.OnlyLoopbackIsBound)
            first.SignInLink = new Uri(address.Base, $"sign-in?code={codes.Create(token)}");
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
