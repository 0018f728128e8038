using Kinema.Server.Lifecycle;
using Microsoft.Extensions.Hosting;

namespace Kinema.Server.Sessions;

/// <summary>Makes the link with which the owner of the terminal signs in after the first start.</summary>
internal sealed class FirstSignIn(FirstKey first, SignInLinks links) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (first.Token is { } token)
            first.SignInLink = links.Create(token);
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
