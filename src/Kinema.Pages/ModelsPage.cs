using Microsoft.AspNetCore.Http;

namespace Kinema.Pages;

/// <summary>The page with all models, <c>/models</c>. Registered as a service by the capability that has it.</summary>
/// <param name="ShowAsync">Answers with the page.</param>
public sealed record ModelsPage(Func<HttpContext, Task> ShowAsync);
