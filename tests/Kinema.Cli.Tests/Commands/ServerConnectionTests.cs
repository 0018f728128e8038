using Kinema.Cli.Remote;
using Microsoft.Extensions.Time.Testing;

namespace Kinema.Cli.Tests.Commands;

public sealed class ServerConnectionTests
{
    [Fact]
    public async Task A_call_waits_ten_minutes_for_its_answer()
    {
        var time = new FakeTimeProvider();
        using var http = new HttpClient(new Silence()) { BaseAddress = new Uri("http://a/") };
        var call = ServerConnection.CreateClient(http, "key", time).GetRunAsync(Guid.Empty, TestContext.Current.CancellationToken);

        time.Advance(TimeSpan.FromSeconds(599));
        call.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(1));

        (await Record.ExceptionAsync(() => call)).ShouldBeOfType<TaskCanceledException>().Message.ShouldContain("within 600 s");
    }

    private sealed class Silence : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException();
        }
    }
}
