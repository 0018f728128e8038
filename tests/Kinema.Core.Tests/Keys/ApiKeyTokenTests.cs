using Kinema.Core.Keys;

namespace Kinema.Core.Tests.Keys;

public sealed class ApiKeyTokenTests
{
    [Theory]
    [InlineData(false, "^rf_live_[a-z0-9]{48}$")]
    [InlineData(true, "^rf_svc_[a-z0-9]{48}$")]
    public void A_key_is_a_prefix_and_lower_case_letters_and_digits(bool isPlatformAdmin, string form)
    {
        var token = ApiKeyToken.Create(isPlatformAdmin);

        token.Text.ShouldMatch(form);
        token.Prefix.ShouldBe(token.Text[..^38]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_created_key_parses_to_itself(bool isPlatformAdmin)
    {
        var token = ApiKeyToken.Create(isPlatformAdmin);

        ApiKeyToken.TryParse(token.Text, out var parsed).ShouldBeTrue();
        parsed.ShouldBe(token);
        parsed.Hash().ShouldBe(token.Hash());
    }

    [Fact]
    public void Two_keys_differ() => ApiKeyToken.Create(false).Text.ShouldNotBe(ApiKeyToken.Create(false).Text);

    [Fact]
    public void A_key_with_any_one_character_changed_is_refused()
    {
        var text = ApiKeyToken.Create(false).Text;
        for (var i = 0; i < text.Length; i++)
        {
            var changed = text[..i] + (text[i] == 'a' ? 'b' : 'a') + text[(i + 1)..];
            ApiKeyToken.TryParse(changed, out _).ShouldBeFalse(changed);
        }
    }

    [Fact]
    public void A_key_with_two_neighbours_swapped_is_refused()
    {
        var text = ApiKeyToken.Create(false).Text;
        for (var i = 0; i < text.Length - 1; i++)
        {
            var swapped = text[..i] + text[i + 1] + text[i] + text[(i + 2)..];
            if (swapped != text)
                ApiKeyToken.TryParse(swapped, out _).ShouldBeFalse(swapped);
        }
    }

    [Fact]
    public void A_key_issued_earlier_stays_valid()
    {
        const string issuedBefore = "rf_live_0123456789abcdefghijklmnopqrstuvwxyz012345sa3beq";
        ApiKeyToken.TryParse(issuedBefore, out var token).ShouldBeTrue();
        token.Prefix.ShouldBe("rf_live_0123456789");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("rf_live_")]
    [InlineData("rf_test_0123456789abcdefghijklmnopqrstuvwxyz0123456789ab")]
    [InlineData("Bearer rf_live_0123456789")]
    public void An_invalid_key_is_refused(string? text) => ApiKeyToken.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_key_in_a_log_line_shows_its_public_part_only()
    {
        var token = ApiKeyToken.Create(false);

        $"{token}".ShouldBe(token.Prefix + "...");
    }
}
