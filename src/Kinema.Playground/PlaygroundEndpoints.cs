using Kinema.Playground.Access;
using Kinema.Playground.Connect;
using Kinema.Playground.Models;
using Kinema.Playground.Pictures;
using Kinema.Playground.Runs.Compare;
using Kinema.Playground.Runs.Detail;
using Kinema.Playground.Runs.List;
using Kinema.Playground.Settings;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Playground;

/// <summary>Routes of the playground. Those that show or change data need a session; a visitor without one is sent to the sign-in page.</summary>
public static class PlaygroundEndpoints
{
    public static void MapKinemaPlayground(this IEndpointRouteBuilder app)
    {
        app.MapSignIn();
        app.MapConnect();
        app.MapRunDetail();
        app.MapComparison();
        app.MapPictures();
        app.MapCode();
        app.MapRunList();
        app.MapSettings();
    }
}
