using Kinema.Core.Admission;
using Kinema.Core.Catalog;
using Kinema.Server.Configuration;
using Kinema.TestSupport;
using Microsoft.AspNetCore.Builder;

namespace Kinema.Server.Tests.Configuration;

/// <summary>Settings that are given by model: bindings and prices.</summary>
public sealed class ModelSettingsTests : IDisposable
{
    private const string Contract = "alibaba/wan/v2.7/image-to-video";
    private const string Open = "wan-video/wan2.2/i2v-a14b";

    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_list_without_a_model_binds_the_models_of_the_contract_and_no_other()
    {
        await using var app = Build("Engines:Bindings:0=grey", "Engines:Bindings:1=motion");

        Of(app, Contract).ShouldBe(["grey", "motion"]);
        Of(app, Open).ShouldBe(["wan-i2v-a14b"]);
    }

    [Fact]
    public async Task A_model_is_bound_by_its_path_in_order_of_preference_beside_the_list()
    {
        await using var app = Build("Engines:Bindings:0=grey", $"Engines:Bindings:{Open}:0=wan-i2v-a14b-fast", $"Engines:Bindings:{Open}:1=wan-i2v-a14b");

        Of(app, Open).ShouldBe(["wan-i2v-a14b-fast", "wan-i2v-a14b"]);
        Of(app, Contract).ShouldBe(["grey"]);
        Of(app, "wan-video/wan2.1/i2v-14b").ShouldBe(["wan-i2v-14b"]);
    }

    [Fact]
    public async Task One_engine_needs_no_number() => await CheckAsync([$"Engines:Bindings:{Contract}=wan"], app => Of(app, Contract).ShouldBe(["wan"]));

    [Fact]
    public async Task A_file_binds_and_prices_models_by_their_paths()
    {
        File.WriteAllText(_data.File("appsettings.json"), $$"""
            { "Engines": { "Bindings": { "{{Contract}}": ["wan", "motion"] } }, "Prices": { "{{Open}}": "0.05" } }
            """);
        await using var app = Build();

        Of(app, Contract).ShouldBe(["wan", "motion"]);
        Price(app, Open).ShouldBe("0.05");
        Price(app, Contract).ShouldBe("0.10");
    }

    [Theory]
    [InlineData("wan-video_wan2_2_i2v-a14b")]
    [InlineData("wan_video_wan2_2_i2v_a14b")]
    [InlineData("WAN_VIDEO_WAN2_2_I2V_A14B")]
    public async Task The_environment_writes_a_model_with_low_lines(string name)
    {
        Environment.SetEnvironmentVariable($"Kinema__Engines__Bindings__{name}__0", "wan-i2v-a14b-fast");
        Environment.SetEnvironmentVariable($"Kinema__Prices__{name}", "1.5");
        try
        {
            await using var app = Build();
            Of(app, Open).ShouldBe(["wan-i2v-a14b-fast"]);
            Price(app, Open).ShouldBe("1.50");
        }
        finally
        {
            Environment.SetEnvironmentVariable($"Kinema__Engines__Bindings__{name}__0", null);
            Environment.SetEnvironmentVariable($"Kinema__Prices__{name}", null);
        }
    }

    [Theory]
    [InlineData("Engines:Bindings:wan-video/wan2.2/i2v-a14:0=wan", "Engines:Bindings:wan-video/wan2.2/i2v-a14 names no model of this server; did you mean wan-video/wan2.2/i2v-a14b?")]
    [InlineData("Engines:Bindings:wan-video/wan2.2/i2v-a14b:0=motion", "Engines:Bindings:wan-video/wan2.2/i2v-a14b names the engine \"motion\", but wan-video/wan2.2/i2v-a14b is served by wan-i2v-a14b and wan-i2v-a14b-… only")]
    [InlineData("Engines:Bindings:wan-video/wan2.2/i2v-a14b:0=Wan", "Engines:Bindings:wan-video/wan2.2/i2v-a14b:0 must be the id of an engine: lower-case letters, digits and dashes, or fleet: and a name of these; got \"Wan\"")]
    [InlineData("Engines:Bindings:0=", "Engines:Bindings:0 must be the id of an engine: lower-case letters, digits and dashes, or fleet: and a name of these; got \"\"")]
    [InlineData("Engines:Binding:0=wan", "Engines:Binding is not a setting; did you mean Engines:Bindings?")]
    [InlineData("Prices:wan-video/wan2.2/i2v-a14b=cheap", "Prices:wan-video/wan2.2/i2v-a14b must be dollars for a second from 0 to 10000, with at most six decimals, such as 0.05; got \"cheap\"")]
    [InlineData("Price:wan-video/wan2.2/i2v-a14b=1", "Price:wan-video/wan2.2/i2v-a14b is not a setting; no section is called 'Price'; did you mean Prices?")]
    public void A_wrong_setting_ends_the_start_with_what_is_allowed(string setting, string problem) =>
        Should.Throw<SettingsException>(() => Build(setting)).Problems.ShouldBe([problem]);

    [Fact]
    public void One_model_under_two_names_ends_the_start() =>
        Should.Throw<SettingsException>(() => Build($"Engines:Bindings:{Open}:0=wan-i2v-a14b", "Engines:Bindings:wan_video_wan2_2_i2v_a14b:0=wan-i2v-a14b-fast"))
            .Problems.ShouldHaveSingleItem().ShouldEndWith("are for the same model; set one of them");

    [Fact]
    public void A_name_that_can_mean_two_models_ends_the_start()
    {
        using var folder = new TemporaryFolder();
        var manifest = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Models", "second-model.json"));
        File.WriteAllText(folder.File("a.json"), manifest.Replace("studio/loop/v1", "studio/loop.v1", StringComparison.Ordinal));
        File.WriteAllText(folder.File("b.json"), manifest.Replace("0000000000b2", "0000000000b3", StringComparison.Ordinal));

        Should.Throw<SettingsException>(() => Build($"Server:CatalogFolder={folder.FullPath}", "Engines:Bindings:studio_loop_v1:0=motion"))
            .Problems.ShouldBe(["Engines:Bindings:studio_loop_v1 can mean studio/loop.v1 and studio/loop/v1; write the model as one of these, in a file or on the command line"]);
    }

    private async Task CheckAsync(string[] settings, Action<WebApplication> check)
    {
        await using var app = Build(settings);
        check(app);
    }

    private static IReadOnlyList<string> Of(WebApplication app, string model) => Get<ModelBindings>(app).Of(Get<ICatalog>(app).Find(model)!);

    private static string Price(WebApplication app, string model) => Get<ICatalog>(app).Find(model)!.Price.Amount.ToString();

    private static T Get<T>(WebApplication app) => (T)app.Services.GetService(typeof(T))!;

    private WebApplication Build(params string[] settings) =>
        KinemaServer.Build(new KinemaServerOptions { DataFolder = _data.FullPath, Urls = ["http://127.0.0.1:0"], Settings = settings });
}
