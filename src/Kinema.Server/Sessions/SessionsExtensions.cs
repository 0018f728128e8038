using Kinema.Playground.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Server.Sessions;

internal static class SessionsExtensions
{
    public static IServiceCollection AddSessions(this IServiceCollection services) => services
        .AddSingleton<SessionCookie>()
        .AddSingleton<OwnPages>()
        .AddSingleton<SignInCodes>()
        .AddSingleton<IVisitors, Visitors>()
        .AddSingleton<SignInLinks>()
        .AddHostedService<FirstSignIn>();
}
