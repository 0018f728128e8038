namespace Kinema.Hosted.DashScope;

/// <summary>An answer of the provider that says no.</summary>
/// <param name="Code">Its code, such as <c>InvalidApiKey</c>; empty if it gave none.</param>
/// <param name="Message">Its words, as they came: not for callers before <see cref="Scrub"/>.</param>
/// <param name="Status">HTTP status; 200 where the error came inside a success.</param>
internal sealed record ProviderError(string Code, string Message, int Status);
