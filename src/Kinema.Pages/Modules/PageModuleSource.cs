using System.Reflection;

namespace Kinema.Pages.Modules;

/// <summary>
/// An assembly whose embedded resources <c>modules/*.js</c> are modules of pages, and <c>styles/*.css</c> parts of the style sheet. Registered as a service.
/// </summary>
public sealed record PageModuleSource(Assembly Assembly);
