using Kinema.Core.Catalog;
using Kinema.Server.Models;

namespace Kinema.Server.Tests.Models;

public sealed class FileCatalogTests : IDisposable
{
    private const string Loop = """
        {
          "id": "019d6a63-8400-7000-8000-0000000000b2", "slug": "studio/loop/v1", "version": 1, "name": "Loop", "tagline": "A loop.",
          "provider": "Studio", "license": "open", "last_updated": "2026-05-01", "category": "image-to-video",
          "price": { "amount": "0.02", "unit": "second", "note": "Per second" },
          "inputs": [
            { "name": "length", "type": "integer", "meaning": "duration", "display_name": "Length", "description": "Seconds.", "minimum": 1, "maximum": 4, "default": 4 }
          ],
          "outputs": []
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kinema-catalog-");

    [Fact]
    public void The_models_served_are_the_ones_shipped_with_the_server() =>
        FileCatalog.Read(Path.Combine(AppContext.BaseDirectory, "catalog")).Find("alibaba/wan/v2.7/image-to-video").ShouldNotBeNull();

    [Fact]
    public void A_manifest_at_any_folder_depth_becomes_a_model()
    {
        Drop("a/b/loop.json", Loop);
        Drop("notes.txt", "not a manifest");

        FileCatalog.Read(_folder.FullName).Models.ShouldHaveSingleItem().Slug.ShouldBe("studio/loop/v1");
    }

    [Fact]
    public void A_manifest_that_breaks_a_rule_is_named_by_its_file()
    {
        Drop("a/loop.json", Loop.Replace("\"second\"", "\"image\"", StringComparison.Ordinal));

        Should.Throw<ManifestException>(() => FileCatalog.Read(_folder.FullName)).Message.ShouldStartWith("a/loop.json: price.unit must be second");
    }

    [Fact]
    public void A_manifest_s_pictures_lie_beside_it_and_one_that_is_missing_is_named()
    {
        Drop("a/loop.json", Loop.Replace("\"license\"", "\"poster\": \"pictures/Loop.jpg\", \"license\"", StringComparison.Ordinal));
        Should.Throw<ManifestException>(() => FileCatalog.Read(_folder.FullName)).Message.ShouldBe("a/loop.json: poster names pictures/Loop.jpg, which is not there");

        Drop("a/pictures/Loop.jpg", "a picture");
        FileCatalog.Read(_folder.FullName).Models.ShouldHaveSingleItem().Poster.ShouldBe(Path.Combine(_folder.FullName, "a", "pictures", "Loop.jpg"));
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_an_error_not_an_empty_catalogue() =>
        Should.Throw<ManifestException>(() => FileCatalog.Read(Path.Combine(_folder.FullName, "nowhere"))).Message.ShouldContain("does not exist");

    public void Dispose() => _folder.Delete(recursive: true);

    private void Drop(string path, string text)
    {
        var file = new FileInfo(Path.Combine(_folder.FullName, path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
    }
}
