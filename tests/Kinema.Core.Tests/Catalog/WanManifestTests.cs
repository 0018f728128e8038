using Kinema.Core.Catalog;

namespace Kinema.Core.Tests.Catalog;

/// <summary>The served manifest says what the model's public page says.</summary>
public sealed class WanManifestTests
{
    [Fact]
    public void The_texts_and_the_price_match_the_model_page()
    {
        var model = TestCatalog.Wan;

        model.Slug.ShouldBe("alibaba/wan/v2.7/image-to-video");
        model.Name.ShouldBe("Wan 2.7 - Image to Video");
        model.Tagline.ShouldBe("Wan 2.7 delivers enhanced motion smoothness, superior scene fidelity, and greater visual coherence.");
        model.Provider.ShouldBe("Alibaba");
        model.License.ShouldBe("commercial");
        model.LastUpdated.ShouldBe(new DateOnly(2026, 4, 8));
        model.Price.Label.ShouldBe("$0.1/second");
        model.Price.Note.ShouldBe("Per second of video");
    }

    [Fact]
    public void The_input_fields_match_the_model_page_in_order() =>
        TestCatalog.Wan.Inputs.Select(f => (f.Name, f.Type)).ShouldBe(
            [
                ("prompt", FieldType.String),
                ("image_url", FieldType.Image),
                ("end_image_url", FieldType.Image),
                ("video_url", FieldType.Video),
                ("audio_url", FieldType.File),
                ("resolution", FieldType.String),
                ("duration", FieldType.Integer),
                ("negative_prompt", FieldType.String),
                ("enable_prompt_expansion", FieldType.Boolean),
                ("seed", FieldType.Integer),
                ("enable_safety_checker", FieldType.Boolean),
            ]);

    [Fact]
    public void No_input_field_is_required_by_itself() => TestCatalog.Wan.Inputs.ShouldAllBe(f => !f.Required);

    [Fact]
    public void The_output_fields_match_the_model_page() =>
        TestCatalog.Wan.Outputs.Select(o => o.Name).ShouldBe(["outputs", "seed", "model_data", "nsfw_detected", "timing"]);

    [Fact]
    public void Pictures_have_the_documented_limits() =>
        TestCatalog.Wan.Inputs.Single(f => f.Name == "image_url").Media.ShouldNotBeNull().ShouldSatisfyAllConditions(
            m => m.ContentTypes.ShouldBe(["image/jpeg", "image/png", "image/bmp", "image/webp"]),
            m => m.MaxBytes.ShouldBe(20_000_000),
            m => m.MaxPixels.ShouldBe(40_000_000),
            m => (m.MinSide, m.MaxSide, m.MaxAspectRatio).ShouldBe((240, 8000, 8.0)));

    [Fact]
    public void Video_and_audio_have_the_documented_limits()
    {
        var clip = TestCatalog.Wan.Inputs.Single(f => f.Name == "video_url").Media!;
        var sound = TestCatalog.Wan.Inputs.Single(f => f.Name == "audio_url").Media!;

        (clip.MaxBytes, clip.MinSide, clip.MaxSide, clip.MinSeconds, clip.MaxSeconds).ShouldBe((100_000_000, 240, 4096, 2.0, 10.0));
        (sound.MaxBytes, sound.MinSeconds, sound.MaxSeconds).ShouldBe((15_000_000, 2.0, 30.0));
    }
}
