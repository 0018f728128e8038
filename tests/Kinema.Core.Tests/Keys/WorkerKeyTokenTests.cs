using Kinema.Core.Keys;

namespace Kinema.Core.Tests.Keys;

public sealed class WorkerKeyTokenTests
{
    [Fact]
    public void A_worker_key_looks_like_no_api_key_and_parses_to_itself()
    {
        var token = WorkerKeyToken.Create();

        token.Text.ShouldMatch("^rf_worker_[a-z0-9]{48}$");
        token.Prefix.ShouldBe(token.Text[..^38]);
        WorkerKeyToken.TryParse(token.Text, out var parsed).ShouldBeTrue();
        parsed.ShouldBe(token);
        parsed.Hash().ShouldBe(token.Hash());
        $"{token}".ShouldBe(token.Prefix + "...");
    }

    [Fact]
    public void Neither_kind_of_key_is_taken_for_the_other()
    {
        ApiKeyToken.TryParse(WorkerKeyToken.Create().Text, out _).ShouldBeFalse();
        WorkerKeyToken.TryParse(ApiKeyToken.Create(isPlatformAdmin: false).Text, out _).ShouldBeFalse();
        WorkerKeyToken.TryParse(ApiKeyToken.Create(isPlatformAdmin: true).Text, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_worker_key_with_any_one_character_changed_is_refused()
    {
        var text = WorkerKeyToken.Create().Text;
        for (var i = 0; i < text.Length; i++)
        {
            var changed = text[..i] + (text[i] == 'a' ? 'b' : 'a') + text[(i + 1)..];
            WorkerKeyToken.TryParse(changed, out _).ShouldBeFalse(changed);
        }
    }
}
