using System.Net;
using Kinema.Core.Callbacks;
using Microsoft.Extensions.DependencyInjection;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Playground;

/// <summary>The change of a signing secret, step by step as docs/callbacks.md has it.</summary>
public sealed class RotationTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Route = "/settings/callback-secrets/rotation";

    [Fact]
    public async Task Each_step_is_a_form_and_the_page_knows_where_it_stands_by_what_is_stored()
    {
        var caller = await shared.Server.AddCallerAsync();
        var secrets = shared.Server.Services.GetRequiredService<ICallbackSecrets>();
        var pauses = shared.Server.Services.GetRequiredService<ICallbackPauses>();
        using var visitor = await Visitor.SignInAsync(shared.Server, caller.Token);
        (await ReadAsync(visitor, Route)).ShouldContain("There is no secret yet.");
        using var first = await visitor.PostFormAsync("/settings/callback-secrets", ("label", "first"));
        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await ReadAsync(visitor, Route)).ShouldContain("No rotation is under way.");
        var old = (await secrets.ListAsync(caller.OrgId, Ct)).Single();

        await StepAsync(visitor, Route, "pause");
        (await pauses.ReadAsync(caller.OrgId, Ct)).PausedAt.ShouldNotBeNull();
        (await ReadAsync(visitor, Route)).ShouldContain("You are at step 2");

        using var created = await visitor.PostFormAsync(Route, ("step", "create"), ("label", "second"));
        var html = await created.Content.ReadAsStringAsync(Ct);
        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        html.ShouldContain("<code id=\"once\">whsec_");
        html.ShouldContain("You are at steps 3 and 4");
        var second = (await secrets.ListAsync(caller.OrgId, Ct)).Single(secret => secret.Id != old.Id);
        second.IsCurrent.ShouldBeFalse();

        using var verified = await visitor.PostFormAsync(Route, ("step", "verify"));
        var check = await verified.Content.ReadAsStringAsync(Ct);
        check.Split("webhook-signature, secret").Length.ShouldBe(3);
        check.ShouldContain("Genuine: the time and every signature are right.");

        await StepAsync(visitor, $"/settings/callback-secrets/{second.Id}/current", "");
        (await secrets.FindAsync(caller.OrgId, second.Id, Ct))!.IsCurrent.ShouldBeTrue();
        (await ReadAsync(visitor, Route)).ShouldContain($"/settings/callback-secrets/{old.Id}/deletion?from=rotation");

        (await ReadAsync(visitor, $"/settings/callback-secrets/{old.Id}/deletion?from=rotation")).ShouldContain("name=\"from\" value=\"rotation\"");
        await StepAsync(visitor, $"/settings/callback-secrets/{old.Id}/deletion", "");
        (await ReadAsync(visitor, Route)).ShouldContain("You are at step 6");

        await StepAsync(visitor, Route, "resume");
        (await pauses.ReadAsync(caller.OrgId, Ct)).PausedAt.ShouldBeNull();
        (await ReadAsync(visitor, Route)).ShouldContain("No rotation is under way.");
    }

    [Fact]
    public async Task A_secret_of_another_organization_is_not_there()
    {
        var (secret, _) = await shared.Server.Services.GetRequiredService<ICallbackSecrets>().CreateAsync(shared.Server.Caller.OrgId, null, Ct);
        using var stranger = await Visitor.SignInAsync(shared.Server, shared.Other.Token);

        foreach (var path in new[] { "current", "deletion" })
        {
            using var answer = await stranger.PostFormAsync($"/settings/callback-secrets/{secret.Id}/{path}");
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        (await ReadAsync(stranger, "/settings/callback-secrets")).ShouldNotContain(secret.Id.ToString());
    }

    private static async Task StepAsync(Visitor visitor, string path, string step)
    {
        using var answer = await visitor.PostFormAsync(path, ("step", step), ("from", "rotation"));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync(Ct));
        answer.Headers.Location!.OriginalString.ShouldBe(Route);
    }

    private static async Task<string> ReadAsync(Visitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Ct));
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
    }
}
