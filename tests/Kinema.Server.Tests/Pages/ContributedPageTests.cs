using System.Net;
using Kinema.Core.Catalog;
using Kinema.Pages;
using Kinema.Pages.Components;
using Kinema.Pages.Modules;
using Kinema.TestSupport;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Pages;

/// <summary>A capability brings an entry of the navigation, a tab and modules without a change to the layout.</summary>
public sealed class ContributedPageTests(SharedServer shared, ContributedPageTests.ContributedServer contributed)
    : IClassFixture<SharedServer>, IClassFixture<ContributedPageTests.ContributedServer>
{
    private const string Model = "/models/alibaba/wan/v2.7/image-to-video";

    [Fact]
    public async Task The_server_s_own_tabs_begin_with_the_playground()
    {
        using var reader = shared.Server.CreateClient();
        var html = await reader.GetStringAsync(Model, Ct);

        Navigation(html, "Main").ShouldBe([("/models", "Models"), ("/runs", "Runs"), ("/settings", "Settings"), ("/docs", "Docs")]);
        Navigation(html, "Model").ShouldBe([(Model, "Playground"), ($"{Model}?tab=api", "API"), ($"{Model}?tab=docs", "Docs"), ($"{Model}?tab=examples", "Examples")]);
    }

    [Fact]
    public async Task Its_entry_and_its_tab_stand_in_their_places_and_its_tab_opens_first()
    {
        using var reader = contributed.Server.CreateClient();
        var html = await reader.GetStringAsync(Model, Ct);

        Navigation(html, "Main").ShouldBe([("/models", "Models"), ("/runs", "Runs"), ("/samples", "Samples"), ("/settings", "Settings"), ("/docs", "Docs")]);
        Navigation(html, "Model").ShouldBe(
        [
            (Model, "Sample"), ($"{Model}?tab=playground", "Playground"), ($"{Model}?tab=api", "API"), ($"{Model}?tab=docs", "Docs"), ($"{Model}?tab=examples", "Examples"),
        ]);
        html.ShouldContain("<div class=\"account\">ada</div>");
        html.ShouldContain($"<a href=\"{Model}\" aria-current=\"page\">Sample</a>");
        (await reader.GetStringAsync($"{Model}?tab=docs", Ct)).ShouldContain("<h2 id=\"input-schema\">");
        (await reader.GetStringAsync($"{Model}.md", Ct)).ShouldContain("## Input schema");
    }

    [Fact]
    public async Task Its_module_runs_on_its_page_alone_and_is_kept_for_good()
    {
        using var reader = contributed.Server.CreateClient();
        var page = await reader.GetAsync(Model, Ct);
        var source = (await page.Content.ReadAsStringAsync(Ct)).Split("<script type=\"module\" src=\"")[1].Split('"')[0];
        var module = await reader.GetAsync(source, Ct);

        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        page.Headers.ETag.ShouldBeNull();
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("script-src 'self';");
        policy.ShouldContain("form-action 'self';");
        policy.ShouldNotContain("unsafe");
        module.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        module.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        (await module.Content.ReadAsStringAsync(Ct)).ShouldContain("answer = 42");
        (await reader.GetAsync(source.Replace("/modules/", "/modules/0", StringComparison.Ordinal), Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var text = await reader.GetAsync($"{Model}?tab=docs", Ct);
        text.Headers.GetValues("Content-Security-Policy").Single().ShouldNotContain("script-src");
        (await text.Content.ReadAsStringAsync(Ct)).ShouldNotContain("<script");
    }

    private static List<(string Href, string Text)> Navigation(string html, string name)
    {
        var navigation = html.Split($"<nav {(name == "Model" ? "class=\"tabs\" " : "")}aria-label=\"{name}\">")[1].Split("</nav>")[0];
        return [.. navigation.Split("<a href=\"").Skip(1).Select(link => (link.Split('"')[0], link.Split('>')[1].Split('<')[0]))];
    }

    public sealed class ContributedServer : IAsyncLifetime
    {
        public TestServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await TestServer.StartAsync(["Worker:Enabled=false"], builder => builder.Services
            .AddSingleton(new SiteSection("/samples", "Samples", 25))
            .AddSingleton(new ModelTab("sample", "Sample", 5, ShowAsync) { IsDefault = true })
            .AddSingleton(new PageModuleSource(typeof(ContributedServer).Assembly)));

        public ValueTask DisposeAsync() => Server.DisposeAsync();

        private static Task ShowAsync(HttpContext context, ModelManifest model)
        {
            var writer = context.RequestServices.GetRequiredService<IPageWriter>();
            var frame = writer.Frame(model, "sample") with { Modules = [writer.ModuleUrl("sample.js")], HasForms = true };
            return writer.WriteFreshAsync<SamplePage>(context, frame, new Dictionary<string, object?> { ["User"] = "ada" });
        }
    }

    private sealed class SamplePage : ComponentBase
    {
        [Parameter]
        public PageFrame Frame { get; set; } = null!;

        [Parameter]
        public string User { get; set; } = "";

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<Layout>(0);
            builder.AddComponentParameter(1, nameof(Layout.Frame), Frame);
            builder.AddComponentParameter(2, nameof(Layout.Account), (RenderFragment)(account => account.AddContent(0, User)));
            builder.CloseComponent();
        }
    }
}
