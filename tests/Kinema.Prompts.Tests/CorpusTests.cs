using Kinema.Motion.Prompts;
using Kinema.Prompts.Languages;

namespace Kinema.Prompts.Tests;

/// <summary>No expansion changes the camera, the language or a negation, over the prompts about the camera and 400 everyday ones.</summary>
public sealed class CorpusTests
{
    [Fact]
    public void The_corpora_are_whole()
    {
        Support.Everyday.Count.ShouldBe(400);
        Support.CameraPrompts.Count.ShouldBeGreaterThan(300);
    }

    [Fact]
    public void Rules_keep_camera_language_and_words_of_every_prompt_for_every_picture()
    {
        var expanded = 0;
        foreach (var prompt in Support.CameraPrompts.Concat(Support.Everyday.Select(line => line.Prompt)))
        {
            var language = Support.Languages.Detect(prompt)?.Language;
            foreach (var result in Support.Pictures.Select(picture => Support.Expand(prompt, picture)).OfType<string>().Distinct())
            {
                expanded++;
                result.ShouldStartWith(prompt.TrimEnd());
                CameraRequest.Describe(result).ShouldBe(CameraRequest.Describe(prompt), result);
                Support.Languages.Detect(result)?.Language.ShouldBe(language, result);
                var vocabulary = Support.Languages.Detect(prompt)!;
                vocabulary.Negates(result[prompt.TrimEnd().Length..]).ShouldBeFalse(result);
            }
        }

        expanded.ShouldBeGreaterThan(1500);
    }

    [Fact]
    public void Rules_have_something_to_add_to_most_everyday_prompts()
    {
        var picture = new Pictures.PictureTraits("close", "soft", "muted");
        Support.Everyday.Count(line => Support.Expand(line.Prompt, picture) is not null).ShouldBeGreaterThan(340);
    }

    [Fact]
    public void The_language_of_everyday_prompts_is_known_and_right()
    {
        var found = Support.Everyday.Select(line => (line.Code, line.Prompt, Found: Support.Languages.Detect(line.Prompt)?.Language.Code)).ToList();

        found.Where(each => each.Found is not null && each.Found != each.Code).ShouldBeEmpty();
        found.Where(each => each.Found is null).Select(each => each.Prompt).ToList().Count.ShouldBeLessThan(20);
    }

    [Fact]
    public void An_addition_that_moves_the_camera_is_refused_for_every_prompt()
    {
        foreach (var line in Support.Everyday)
            FindProblem(line.Prompt, AdditionOf(line.Code, moves: true)).ShouldNotBeNull(line.Prompt);
    }

    [Fact]
    public void An_addition_in_another_language_is_refused_for_every_prompt()
    {
        foreach (var line in Support.Everyday)
            FindProblem(line.Prompt, AdditionOf(line.Code == "en" ? "de" : "en", moves: false)).ShouldNotBeNull(line.Prompt);
    }

    [Fact]
    public void Every_phrase_is_in_its_language_and_neither_negates_nor_speaks_of_the_camera()
    {
        foreach (var language in Support.Languages.All)
        {
            var vocabulary = new Vocabulary(language);
            foreach (var phrase in language.Facets.Values.SelectMany(facet => facet.Phrases.Values))
            {
                Support.Languages.Detect(phrase)?.Language.Code.ShouldBe(language.Code, phrase);
                Support.Languages.Detect(phrase).ShouldNotBeNull(phrase);
                Support.Check.FindProblem("", null, phrase, phrase, vocabulary).ShouldBeNull(phrase);
            }
        }
    }

    [Fact]
    public void Every_guide_names_facets_that_phrases_exist_for_and_the_one_of_Wan_its_sources()
    {
        foreach (var guide in Support.Guides.All)
            guide.Facets.Except(Support.Languages.All[0].Facets.Keys).ShouldBeEmpty(guide.Name);
        Support.Guides.Find("wan").Sources.ShouldNotBeEmpty();
        Support.Guides.Find("unheard-of").Name.ShouldBe("general");
    }

    private static string AdditionOf(string code, bool moves) => code switch
    {
        "zh" => moves ? "镜头快速拉远，然后向右摇。" : "光线柔和，空气中有薄雾。",
        "ja" => moves ? "カメラが素早く右へ動く。" : "光は柔らかく広がる。",
        "ko" => moves ? "카메라가 빠르게 오른쪽으로 움직인다." : "부드러운 빛이 감돈다.",
        "de" => moves ? "Die Kamera schwenkt schnell nach rechts und zoomt." : "Der Wind bewegt sanft das Licht auf dem Wasser.",
        "fr" => moves ? "La caméra recule et se tourne vers la droite." : "La lumière est douce sur les cheveux.",
        "es" => moves ? "La cámara gira hacia la derecha." : "La luz es suave sobre el agua.",
        "pt" => moves ? "A câmera gira para a direita." : "A luz é suave sobre a água.",
        "it" => moves ? "La telecamera gira verso destra." : "La luce è dolce sulla pelle.",
        "ru" => moves ? "Камера быстро движется в сторону и вверх." : "Мягкий свет на воде.",
        _ => moves ? "The camera then pulls back quickly and pans right." : "Soft light falls on the water and the leaves.",
    };

    private static string? FindProblem(string prompt, string addition)
    {
        if (Support.Languages.Detect(prompt) is not { } language)
            return "unknown language";
        return Support.Check.FindProblem(prompt, null, addition, Checks.Joining.Join(prompt, addition, language.Language), language);
    }
}
