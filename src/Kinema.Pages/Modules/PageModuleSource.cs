using System.Reflection;

namespace Kinema.Pages.Modules;

/// <summary>An assembly whose embedded resources <c>modules/*.js</c> are modules of pages. Registered as a service.</summary>
public sealed record PageModuleSource(Assembly Assembly);
