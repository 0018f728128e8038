using System.Text.Json;
using Kinema.Wan.Images;
using Kinema.Wan.Pipelines;
using Kinema.Wan.Pipelines.Offloading;
using Kinema.Wan.Tests.Fixtures;
using Kinema.Wan.Tests.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kinema.Wan.Tests.Pipelines;

/// <summary>A complete run of the fixtures: <c>pipeline*.safetensors</c> and the settings in the <c>.json</c> beside it.</summary>
internal sealed class GoldenRun : IDisposable
{
    private readonly JsonElement _json;
    private readonly string _name;
    private readonly ComponentCache _parts;

    public GoldenRun(string file)
    {
        _name = file.Split('/')[0];
        _json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(FixtureFolder.Root, "expected", file + ".json"))).RootElement;
        Expected = FixtureFolder.Expected(file);
        Checkpoint = CheckpointFolder.Read(FixtureFolder.Checkpoint(_name));
        _parts = new(Checkpoint, torch.CPU, torch.float32, new(), NullLogger.Instance, new FreeMemory());
        Settings = new()
        {
            Family = Checkpoint.Family,
            CheckpointDigest = "of the test",
            CheckpointFiles = [],
            Loras = [],
            Scheduler = WanScheduler.UniPc,
            NumInferenceSteps = Int("num_inference_steps"),
            FlowShift = _json.GetProperty("flow_shift").GetDouble(),
            GuidanceScale = _json.GetProperty("guidance_scale").GetDouble(),
            GuidanceScale2 = OptionalNumber("guidance_scale_2"),
            BoundaryRatio = OptionalNumber("boundary_ratio"),
            Seed = 0,
            NoiseGenerator = SettingsPlanner.NoiseGenerator,
            Width = Int("width"),
            Height = Int("height"),
            MaxArea = null,
            NumFrames = Int("num_frames"),
            FramesPerSecond = FamilyDefaults.Of(Checkpoint.Family).FramesPerSecond,
            Prompt = "",
            NegativePrompt = _json.GetProperty("classifier_free_guidance").GetBoolean() ? "" : null,
            HasLastImage = _json.GetProperty("last_image").GetBoolean(),
            Precision = WanPrecision.Float32,
            Device = "cpu",
            Runtime = TestModel.Runtime,
            VaeTiling = false,
        };
    }

    public TensorFile Expected { get; }

    public Checkpoint Checkpoint { get; }

    public WanSettings Settings { get; }

    public Generation Create(GenerationHooks watch, WanSettings? settings = null) => new(Checkpoint, _parts, settings ?? Settings, watch);

    /// <summary>The images from their bytes, the prompts from their token ids.</summary>
    public GenerationInput Input()
    {
        using var text = FixtureFolder.Expected($"{_name}/text_encoder");
        var (first, last) = (Picture("image_u8"), Settings.HasLastImage ? Picture("last_image_u8") : null);
        return new()
        {
            Prompt = TextEncoderGoldenTests.Ids(text, Int("prompt_row")),
            NegativePrompt = _json.GetProperty("negative_prompt_row") is { ValueKind: JsonValueKind.Number } row ? TextEncoderGoldenTests.Ids(text, row.GetInt32()) : null,
            First = VideoPixels.FromImage(first),
            Last = last is null ? null : VideoPixels.FromImage(last),
            ClipPixels = Expected.Has("pixel_values") ? Expected["pixel_values"].clone() : null,
        };
    }

    /// <summary>The same as a caller would ask for it.</summary>
    public WanRequest Request() => new()
    {
        Image = Picture("image_u8"),
        LastImage = Settings.HasLastImage ? Picture("last_image_u8") : null,
        NegativePrompt = "",
        Width = Settings.Width,
        Height = Settings.Height,
        NumFrames = Settings.NumFrames,
        NumInferenceSteps = Settings.NumInferenceSteps,
        GuidanceScale = Settings.GuidanceScale,
        GuidanceScale2 = Settings.GuidanceScale2,
    };

    public void Dispose()
    {
        _parts.Dispose();
        Expected.Dispose();
    }

    private RgbImage Picture(string name)
    {
        var pixels = Expected[name];
        return new((int)pixels.shape[1], (int)pixels.shape[0], pixels.data<byte>().ToArray());
    }

    private int Int(string name) => _json.GetProperty(name).GetInt32();

    private double? OptionalNumber(string name) => _json.GetProperty(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;
}
