using Kinema.Safety.Classifiers;
using Kinema.TestSupport;

namespace Kinema.Safety.Tests.Classifiers;

public sealed class ClassifierManifestTests
{
    [Theory]
    [InlineData("\"model\": \"colours.onnx\"", "\"model\": \"../colours.onnx\"", "model must be the name of a file beside the manifest")]
    [InlineData("\"width\": 16", "\"width\": 5000", "input.width and input.height must be from 8 to 1024; got 5000 and 16")]
    [InlineData("\"threshold\": 0.5", "\"threshold\": 7", "the threshold of Red must be above 0 and at most 1; got 7")]
    [InlineData("\"name\": \"Green\"", "\"name\": \"Red\"", "different names")]
    [InlineData("\"layout\": \"nchw\"", "\"layout\": \"upside_down\"", "cannot be read")]
    [InlineData("\"layout\"", "\"lay-out\"", "cannot be read")]
    [InlineData("{", "", "cannot be read")]
    public void A_manifest_that_says_something_impossible_is_refused_with_the_member(string old, string now, string problem)
    {
        using var folder = new TemporaryFolder();
        var path = ColourClassifier.WriteTo(folder.FullPath);
        var text = File.ReadAllText(path);
        text.ShouldContain(old);
        File.WriteAllText(path, text.Replace(old, now, StringComparison.Ordinal));

        ClassifierManifest.Read(path).Problem.ShouldNotBeNull().ShouldContain(problem);
    }

    [Fact]
    public void A_manifest_that_was_written_can_be_read()
    {
        using var folder = new TemporaryFolder();
        var (manifest, problem) = ClassifierManifest.Read(ColourClassifier.WriteTo(folder.FullPath));

        problem.ShouldBeNull();
        manifest!.Classes.ShouldBe([new("Red", 0.5), new("Green"), new("Blue")]);
    }

    [Fact]
    public void A_file_that_was_changed_is_not_used()
    {
        using var folder = new TemporaryFolder();
        var manifest = ClassifierManifest.Read(ColourClassifier.WriteTo(folder.FullPath)).Manifest!;
        File.AppendAllText(folder.File(ColourClassifier.ModelName), " ");

        Should.Throw<BrokenClassifierException>(() => Native.Load(manifest, folder.FullPath)).Message.ShouldContain("it was changed or is damaged");
    }

    [Fact]
    public void A_classifier_with_other_classes_than_its_manifest_is_found_when_it_is_loaded()
    {
        using var folder = new TemporaryFolder();
        var manifest = ClassifierManifest.Read(ColourClassifier.WriteTo(folder.FullPath)).Manifest! with { Classes = [new("Red"), new("Green")] };

        Should.Throw<BrokenClassifierException>(() => Native.Load(manifest, folder.FullPath)).Message.ShouldContain("gave 3 scores");
    }
}
