using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Kinema.Playground.Tests;

/// <summary>What pages write to the console, what fails in their scripts, and what they ask of other hosts.</summary>
internal sealed class PageProblems
{
    private readonly ConcurrentQueue<string> _found = new();
    private readonly List<Func<string, bool>> _expected = [];

    public void Watch(IBrowserContext context, Uri server)
    {
        context.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _found.Enqueue($"console: {message.Text} ({message.Location})");
        };
        context.WebError += (_, error) => _found.Enqueue($"script: {error.Error}");
        context.Request += (_, request) =>
        {
            if (request.Url.StartsWith("http", StringComparison.Ordinal) && new Uri(request.Url).Authority != server.Authority)
                _found.Enqueue($"another host: {request.Url}");
        };
    }

    /// <summary>Takes those that the test makes on purpose.</summary>
    public void Forget(Func<string, bool> expected) => _expected.Add(expected);

    public void ShouldBeNone() => _found.Where(problem => !_expected.Any(isExpected => isExpected(problem))).ShouldBeEmpty();
}
