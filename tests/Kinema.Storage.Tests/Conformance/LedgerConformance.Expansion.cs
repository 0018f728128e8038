using Kinema.Core.Pricing;
using Kinema.Core.Prompts;
using Kinema.Core.Runs;

namespace Kinema.Storage.Tests.Conformance;

public abstract partial class LedgerConformance
{
    private static readonly PromptExpansion _expanded = new("a cat, in soft light", PromptExpanders.Endpoint)
    {
        Model = "small",
        InputTokens = 120,
        OutputTokens = 30,
        ProviderCost = Money.Parse("0.0002"),
        Milliseconds = 900,
        Fence = 1,
    };

    [Fact]
    public async Task A_later_attempt_finds_the_prompt_that_an_earlier_one_had_expanded()
    {
        await AdmitAsync();
        var claimed = await ClaimAsync();
        claimed.Run.Expansion.ShouldBeNull();
        (await Worker.AppendAsync(claimed.Attempt, new() { Expansion = _expanded }, Ct)).ShouldBeTrue();
        await Worker.FinishAsync(claimed.Attempt, new AttemptOutcome.Retry(_broken, TimeSpan.Zero), Ct);

        (await ClaimAsync()).Run.Expansion.ShouldBe(_expanded);
    }

    [Fact]
    public async Task An_attempt_that_has_lost_its_fence_expands_nothing_and_pays_nothing()
    {
        var run = await AdmitAsync();
        var claimed = await ClaimAsync();
        var stale = claimed.Attempt with { Fence = claimed.Attempt.Fence - 1 };

        (await Worker.AppendAsync(stale, new() { Expansion = _expanded, ProviderCosts = [new(ProviderCost.PromptExpansion, Money.Parse("0.1"))] }, Ct)).ShouldBeFalse();

        (await ReadAsync(run)).Expansion.ShouldBeNull();
        (await Runs.ReadLedgerAsync(Acme.Id, run.Id, Ct)).Select(line => line.Kind).ShouldBe(["hold"]);
    }

    [Fact]
    public async Task What_providers_are_paid_stands_in_the_ledger_once_for_each_item_and_changes_no_charge()
    {
        var run = await AdmitAsync();
        var claimed = await ClaimAsync();
        var paid = new ProviderCost(ProviderCost.PromptExpansion, Money.Parse("0.0002"));
        await Worker.AppendAsync(claimed.Attempt, new() { ProviderCosts = [paid, new(ProviderCost.SafetyCheck, Money.Parse("0.0001"))] }, Ct);
        await Should.ThrowAsync<Exception>(Worker.AppendAsync(claimed.Attempt, new() { ProviderCosts = [paid] }, Ct));
        await Worker.FinishAsync(claimed.Attempt, Success(claimed.Attempt, "0.30"), Ct);

        (await Runs.ReadLedgerAsync(Acme.Id, run.Id, Ct)).Where(line => line.Kind is "provider_cost" or "charge").Select(line => (line.Kind, line.Amount.ToString()))
            .ShouldBe([("provider_cost", "0.0002"), ("provider_cost", "0.0001"), ("charge", "0.30")]);
    }

    [Fact]
    public async Task An_erased_run_has_no_expanded_prompt()
    {
        var run = await AdmitAsync();
        var claimed = await ClaimAsync();
        await Worker.AppendAsync(claimed.Attempt, new() { Expansion = _expanded }, Ct);
        await Worker.FinishAsync(claimed.Attempt, Success(claimed.Attempt), Ct);

        await Store.Get<IRunErasure>().EraseAsync(Acme.Id, run.Id, Ct);

        (await Runs.FindAsync(Acme.Id, run.Id, Ct))?.Expansion.ShouldBeNull();
    }
}
