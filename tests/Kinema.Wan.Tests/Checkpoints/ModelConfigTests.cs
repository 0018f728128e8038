using Kinema.Wan.Checkpoints;

namespace Kinema.Wan.Tests.Checkpoints;

public sealed class ModelConfigTests
{
    [Fact]
    public void Absent_and_null_keys_take_the_default_and_unknown_ones_are_ignored()
    {
        var config = ModelConfig.Parse("""{"heads": null, "clip_output": false, "eps": 1e-6, "dim_mult": [1, 2]}""", "config.json");

        config.Int("heads", 12).ShouldBe(12);
        config.Int("layers", 30).ShouldBe(30);
        config.Number("eps", 1).ShouldBe(1e-6);
        config.Ints("dim_mult", 9).ShouldBe([1, 2]);
        config.Flags("downsample", false, true).ShouldBe([false, true]);
        config.OptionalText("name").ShouldBeNull();
    }

    [Theory]
    [InlineData("\"12\"", "config.json: heads must be a whole number from 1 to 16777216; got \"12\"")]
    [InlineData("1.5", "config.json: heads must be a whole number from 1 to 16777216; got 1.5")]
    [InlineData("0", "config.json: heads must be a whole number from 1 to 16777216; got 0")]
    [InlineData("1e40", "config.json: heads must be a whole number from 1 to 16777216; got 1e40")]
    [InlineData("[3]", "config.json: heads must be a whole number from 1 to 16777216; got [3]")]
    public void A_wrong_value_is_an_error_that_says_what_is_allowed(string value, string message)
    {
        var config = ModelConfig.Parse($$"""{"heads": {{value}}}""", "config.json");

        Should.Throw<CheckpointException>(() => config.Int("heads", 1)).Message.ShouldBe(message);
    }

    [Fact]
    public void A_missing_config_or_one_that_is_not_an_object_is_an_error_that_names_it()
    {
        Should.Throw<CheckpointException>(() => ModelConfig.Parse("[]", "config.json")).Message.ShouldBe("config.json must hold a JSON object.");
        Should.Throw<CheckpointException>(() => ModelConfig.Read("/nowhere/config.json")).Message.ShouldBe("/nowhere/config.json does not exist.");
    }
}
