using System.Globalization;
using Kinema.Outbound.Tests.Support;

namespace Kinema.Outbound.Tests.Connections;

/// <summary>Every hostile URL, as media and as callback: refused, no dial, nothing reaches a listener.</summary>
public sealed class HostileAddressTests(HostileGround ground) : IClassFixture<HostileGround>
{
    public static TheoryData<string> All => [.. HostileUrls.All];

    public static TheoryData<string> Written => [.. HostileUrls.AsUrls];

    public static TheoryData<string> WithoutLookUp => [.. HostileUrls.AsUrls.Except(HostileUrls.PlainNames)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Media_from_a_hostile_URL_is_unreachable_without_a_connection_attempt(string template)
    {
        var url = At(template);

        // Without a reason: a caller must not tell a forbidden address from a dead one.
        (await ground.Closed.FetchAsync(url)).Result.ShouldBe(FetchResult.Unreachable);

        NothingWasDialled();
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_callback_to_a_hostile_URL_gets_no_reply_and_makes_no_connection_attempt(string template)
    {
        var url = At(template);

        var reply = await ground.Closed.SendAsync(url);
        reply.HttpStatusCode.ShouldBeNull();
        reply.ResponseBody.ShouldBeNull();
        reply.TimedOut.ShouldBeFalse();

        NothingWasDialled();
    }

    [Theory]
    [MemberData(nameof(Written))]
    public async Task A_redirect_to_a_hostile_URL_ends_the_fetch_without_a_connection_attempt(string template)
    {
        var target = At(template).Replace("\r", "", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);
        await using var redirecting = LoopbackListener.Answering(LoopbackListener.Redirect(target), "127.0.0.9");
        await using var guard = new Guard(Guard.Opening($"127.0.0.9/32:{redirecting.Port}"), HostileUrls.Answer);

        var (result, bytes) = await guard.FetchAsync($"http://127.0.0.9:{redirecting.Port}/");

        result.Outcome.ShouldBe(FetchOutcome.Unreachable);
        bytes.ShouldBeEmpty();
        // A Location without a scheme names a place on the same host, which is open here; what counts is that no other was dialled.
        guard.Dialer.Dials.ShouldAllBe(dial => dial.Address.ToString() == "127.0.0.9" && dial.Port == redirecting.Port);
        ground.Accepted.ShouldBe(0);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{p}/")]
    [InlineData("http://127.0.0.2:{p}/")]
    [InlineData("http://127.1.2.3:{p}/")]
    [InlineData("http://127.255.255.254:{p}/")]
    [InlineData("http://[::1]:{p}/")]
    [InlineData("http://localhost:{p}/")]
    public async Task The_listeners_can_be_reached_once_the_ranges_are_open(string template)
    {
        await using var other = new HostileGround();
        await using var guard = new Guard(Guard.Opening("127.0.0.0/8", "::1/128"), HostileUrls.Answer);
        var url = template.Replace("{p}", other.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

        (await guard.FetchAsync(url)).Result.Outcome.ShouldBe(FetchOutcome.Fetched);
        (await guard.SendAsync(url)).HttpStatusCode.ShouldBe(200);

        other.Accepted.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(WithoutLookUp))]
    public void A_hostile_URL_that_needs_no_look_up_is_refused_at_create(string template)
    {
        ground.Closed.Urls.RefuseMedia(At(template)).ShouldNotBeNull();
        ground.Closed.Urls.RefuseCallback(At(template)).ShouldNotBeNull();
    }

    [Fact]
    public void There_are_more_than_a_hundred_hostile_URLs() => HostileUrls.All.Count().ShouldBeGreaterThan(100);

    private string At(string template) => template.Replace("{p}", ground.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private void NothingWasDialled()
    {
        ground.Closed.Dialer.Dials.ShouldBeEmpty();
        ground.Accepted.ShouldBe(0);
    }
}
