namespace Kinema.Storage.Tests.Conformance;

public abstract partial class LedgerConformance
{
    [Fact]
    public async Task During_a_rotation_both_secrets_sign_and_the_newer_is_current_once_somebody_says_so()
    {
        var (old, oldText) = await Secrets.CreateAsync(Acme.Id, "old", Ct);
        Pass(1);
        var (fresh, freshText) = await Secrets.CreateAsync(Acme.Id, "new", Ct);

        freshText.ShouldStartWith("whsec_");
        Convert.FromBase64String(freshText["whsec_".Length..]).Length.ShouldBe(32);
        fresh.IsCurrent.ShouldBeFalse();
        (await Secrets.ReadLiveAsync(Acme.Id, Ct)).ShouldBe([new(old.Id, oldText, true), new(fresh.Id, freshText, false)]);

        await Secrets.UpdateAsync(Acme.Id, fresh.Id, null, isCurrent: true, Ct);
        (await Secrets.ReadLiveAsync(Acme.Id, Ct)).ShouldBe([new(fresh.Id, freshText, true), new(old.Id, oldText, false)]);

        (await Secrets.DeleteAsync(Acme.Id, old.Id, Ct)).ShouldBeTrue();
        (await Secrets.ReadLiveAsync(Acme.Id, Ct)).Select(s => s.Id).ShouldBe([fresh.Id]);
    }

    [Fact]
    public async Task An_older_secret_can_be_made_current_again()
    {
        var (old, _) = await Secrets.CreateAsync(Acme.Id, null, Ct);
        Pass(1);
        var (fresh, _) = await Secrets.CreateAsync(Acme.Id, null, Ct);
        await Secrets.UpdateAsync(Acme.Id, fresh.Id, null, isCurrent: true, Ct);

        (await Secrets.UpdateAsync(Acme.Id, old.Id, "back", isCurrent: true, Ct)).ShouldNotBeNull().IsCurrent.ShouldBeTrue();

        (await Secrets.ListAsync(Acme.Id, Ct)).Select(s => (s.Id, s.IsCurrent, s.Label)).ShouldBe([(fresh.Id, false, null), (old.Id, true, "back")]);
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("demoted")]
    public async Task When_the_current_secret_is_deleted_the_newest_other_becomes_current(string how)
    {
        var (old, _) = await Secrets.CreateAsync(Acme.Id, null, Ct);
        Pass(1);
        var (fresh, _) = await Secrets.CreateAsync(Acme.Id, null, Ct);
        await Secrets.UpdateAsync(Acme.Id, fresh.Id, null, isCurrent: true, Ct);

        if (how == "deleted")
            await Secrets.DeleteAsync(Acme.Id, fresh.Id, Ct);
        else
            await Secrets.UpdateAsync(Acme.Id, fresh.Id, null, isCurrent: false, Ct);

        (await Secrets.FindAsync(Acme.Id, old.Id, Ct)).ShouldNotBeNull().IsCurrent.ShouldBeTrue();
    }

    [Fact]
    public async Task The_only_secret_stays_current()
    {
        var (only, _) = await Secrets.CreateAsync(Acme.Id, null, Ct);

        (await Secrets.UpdateAsync(Acme.Id, only.Id, null, isCurrent: false, Ct)).ShouldNotBeNull().IsCurrent.ShouldBeTrue();
    }

    [Fact]
    public async Task A_secret_of_another_organisation_is_not_found()
    {
        var (secret, _) = await Secrets.CreateAsync(Acme.Id, null, Ct);

        (await Secrets.FindAsync(Globex.Id, secret.Id, Ct)).ShouldBeNull();
        (await Secrets.UpdateAsync(Globex.Id, secret.Id, "mine", true, Ct)).ShouldBeNull();
        (await Secrets.DeleteAsync(Globex.Id, secret.Id, Ct)).ShouldBeFalse();
        (await Secrets.ReadLiveAsync(Globex.Id, Ct)).ShouldBeEmpty();
        (await Secrets.FindAsync(Acme.Id, secret.Id, Ct)).ShouldBe(secret);
    }

    [Fact]
    public async Task Signing_marks_the_secrets_used()
    {
        var (secret, _) = await Secrets.CreateAsync(Acme.Id, null, Ct);
        secret.LastUsedAt.ShouldBeNull();
        await Secrets.ReadLiveAsync(Acme.Id, Ct);

        (await Secrets.FindAsync(Acme.Id, secret.Id, Ct)).ShouldNotBeNull().LastUsedAt.ShouldBe(Store.Clock.GetUtcNow());
    }
}
