using Kinema.Outbound.Tests.Support;

namespace Kinema.Outbound.Tests.Connections;

/// <summary>Name servers that change their minds, mix their answers or say nothing.</summary>
public sealed class DnsAnswerTests
{
    private const string Open = "127.0.0.2";
    private const string Forbidden = "127.0.0.3";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_name_that_answers_otherwise_on_the_next_look_up_never_reaches_the_forbidden_address(bool goodFirst)
    {
        await using var good = LoopbackListener.Answering(LoopbackListener.Ok("good"), Open);
        await using var bad = LoopbackListener.Answering(LoopbackListener.Ok("bad"), Forbidden, good.Port);
        await using var guard = new Guard(
            Guard.Opening($"{Open}/32"), (_, lookUp) => [(lookUp % 2 == 1) == goodFirst ? Open : Forbidden]);
        var url = $"http://flip.test:{good.Port}/";

        for (var i = 0; i < 20; i++)
        {
            await guard.FetchAsync(url);
            await guard.SendAsync(url);
        }

        bad.Accepted.ShouldBe(0);
        good.Accepted.ShouldBe(20);
        guard.Dialer.Dials.ShouldAllBe(dial => dial.Address.ToString() == Open);
    }

    [Fact]
    public async Task A_name_is_resolved_once_per_exchange_so_that_the_checked_address_is_dialled()
    {
        await using var good = LoopbackListener.Answering(LoopbackListener.Ok("good"), Open);
        await using var guard = new Guard(Guard.Opening($"{Open}/32"), (_, lookUp) => lookUp == 1 ? [Open] : [Forbidden]);

        (await guard.FetchAsync($"http://flip.test:{good.Port}/")).Result.Outcome.ShouldBe(FetchOutcome.Fetched);

        guard.Dns.LookUps("flip.test").ShouldBe(1);
    }

    [Fact]
    public async Task A_redirect_to_the_same_name_is_resolved_and_checked_again()
    {
        await using var good = LoopbackListener.Answering(LoopbackListener.Redirect("/again"), Open);
        await using var bad = LoopbackListener.Answering(LoopbackListener.Ok("bad"), Forbidden, good.Port);
        await using var guard = new Guard(Guard.Opening($"{Open}/32"), (_, lookUp) => [lookUp == 1 ? Open : Forbidden]);

        (await guard.FetchAsync($"http://flip.test:{good.Port}/")).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);

        good.Accepted.ShouldBe(1);
        bad.Accepted.ShouldBe(0);
    }

    [Theory]
    [InlineData(Forbidden, Open, "10.0.0.1")]
    [InlineData(Open, Forbidden, "169.254.169.254")]
    [InlineData("::1", Forbidden, Open)]
    public async Task Of_a_mixed_answer_only_the_allowed_address_is_dialled(params string[] answer)
    {
        await using var good = LoopbackListener.Answering(LoopbackListener.Ok("good"), Open);
        await using var bad = LoopbackListener.Answering(LoopbackListener.Ok("bad"), Forbidden, good.Port);
        await using var guard = new Guard(Guard.Opening($"{Open}/32"), (_, _) => answer);

        (await guard.FetchAsync($"http://mixed.test:{good.Port}/")).Result.Outcome.ShouldBe(FetchOutcome.Fetched);

        bad.Accepted.ShouldBe(0);
        guard.Dialer.Dials.ShouldHaveSingleItem().Address.ToString().ShouldBe(Open);
    }

    [Fact]
    public async Task When_the_allowed_address_takes_no_connection_the_forbidden_one_is_no_fallback()
    {
        await using var bad = LoopbackListener.Answering(LoopbackListener.Ok("bad"), Forbidden);
        await using var guard = new Guard(Guard.Opening($"{Open}/32"), (_, _) => [Open, Forbidden]);

        (await guard.FetchAsync($"http://mixed.test:{bad.Port}/")).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);

        bad.Accepted.ShouldBe(0);
        guard.Dialer.Dials.ShouldHaveSingleItem().Address.ToString().ShouldBe(Open);
    }

    [Fact]
    public async Task When_the_first_allowed_address_takes_no_connection_the_next_allowed_one_is_tried()
    {
        await using var good = LoopbackListener.Answering(LoopbackListener.Ok("good"), Open);
        await using var guard = new Guard(Guard.Opening("127.0.0.0/8"), (_, _) => ["127.0.0.77", Open]);

        (await guard.FetchAsync($"http://two.test:{good.Port}/")).Result.Outcome.ShouldBe(FetchOutcome.Fetched);

        guard.Dialer.Dials.Select(dial => dial.Address.ToString()).ShouldBe(["127.0.0.77", Open]);
    }

    [Fact]
    public async Task At_most_eight_addresses_of_one_answer_are_tried()
    {
        await using var guard = new Guard(Guard.Opening("127.0.0.0/8"), (_, _) => Enumerable.Range(100, 30).Select(last => $"127.0.0.{last}"));

        (await guard.FetchAsync("http://many.test:9/")).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);

        guard.Dialer.Dials.Count.ShouldBe(8);
    }

    [Fact]
    public async Task A_name_without_an_address_is_unreachable()
    {
        await using var guard = new Guard(Guard.Opening("127.0.0.0/8"));

        (await guard.FetchAsync("http://nowhere.test/")).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);
        (await guard.SendAsync("http://nowhere.test/")).HttpStatusCode.ShouldBeNull();

        guard.Dialer.Dials.ShouldBeEmpty();
        guard.Log.Lines.ShouldContain(line => line.Contains("the name has no address"));
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://closed.test:{0}/")]
    [InlineData("http://refuses.test:{0}/")]
    [InlineData("http://nowhere.test:{0}/")]
    public async Task A_caller_cannot_tell_a_forbidden_address_from_a_dead_one(string template)
    {
        await using var taken = LoopbackListener.Answering(LoopbackListener.Ok("reached"));
        await using var guard = new Guard(
            Guard.Opening($"{Open}/32"), (name, _) => name == "closed.test" ? ["127.0.0.1"] : name == "refuses.test" ? [Open] : []);
        var url = string.Format(System.Globalization.CultureInfo.InvariantCulture, template, taken.Port);

        (await guard.FetchAsync(url)).Result.Outcome.ShouldBe(FetchOutcome.Unreachable);
        var reply = await guard.SendAsync(url);

        (reply with { ElapsedMs = 0 }).ShouldBe(new CallbackReply(null, null, TimedOut: false, 0));
        taken.Accepted.ShouldBe(0);
    }

    [Fact]
    public async Task The_operator_learns_the_reason_with_host_and_port_but_neither_path_nor_query()
    {
        await using var guard = new Guard(dns: (_, _) => ["10.1.2.3"]);

        await guard.FetchAsync("http://inside.test:8080/secret-path?token=secret-token");
        await guard.SendAsync("http://inside.test:8080/secret-path?token=secret-token");

        guard.Log.Lines.ShouldContain("Media not fetched from inside.test:8080 (hop 0): 10.1.2.3 is private use (RFC 1918)");
        guard.Log.Lines.ShouldContain("No answer to a callback from inside.test:8080: 10.1.2.3 is private use (RFC 1918)");
        guard.Log.Lines.ShouldAllBe(line => !line.Contains("secret"));
    }
}
