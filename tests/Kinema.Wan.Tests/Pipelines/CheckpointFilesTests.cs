using Kinema.Wan.Pipelines;
using Kinema.Wan.Tests.Checkpoints;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Tests.Pipelines;

/// <summary>Assignment of files to components: folders of sparse files with the published names and shapes.</summary>
public sealed class CheckpointFilesTests : IDisposable
{
    private const string High = "diffusion_models/wan2.2_i2v_high_noise_14B_fp16.safetensors";
    private const string Low = "diffusion_models/wan2.2_i2v_low_noise_14B_fp16.safetensors";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Two_experts_are_found_among_everything_else_that_ComfyUI_s_folders_hold()
    {
        Transformer(High, "wan2.2_i2v_14B");
        Transformer("diffusion_models/Wan/wan2.2_i2v_low_noise_14B_fp16.safetensors", "wan2.2_i2v_14B");
        Transformer("diffusion_models/wan2.2_t2v_high_noise_14B_fp16.safetensors", "wan2.1_t2v_14B");
        Others();
        OtherMakers();
        Write("diffusion_models/flux.safetensors", [("double_blocks.0.img_attn.qkv.weight", "F16", [8, 8])]);
        Write("loras/wan2.2_i2v_lightx2v_4steps_lora_v1_high_noise.safetensors", [("diffusion_model.blocks.0.self_attn.q.lora_up.weight", "F16", [8, 8])]);
        File.WriteAllText(_folder.File("diffusion_models/half-downloaded.safetensors"), "no");

        var checkpoint = Read();

        checkpoint.Family.ShouldBe(WanFamily.Wan22ImageToVideo);
        checkpoint.BoundaryRatio.ShouldBe(0.9);
        checkpoint.Paths.ShouldBe(new Dictionary<ComponentName, string>
        {
            [ComponentName.Transformer] = _folder.File(High),
            [ComponentName.Transformer2] = _folder.File("diffusion_models/Wan/wan2.2_i2v_low_noise_14B_fp16.safetensors"),
            [ComponentName.Vae] = _folder.File("vae/wan_2.1_vae.safetensors"),
            [ComponentName.TextEncoder] = _folder.File("text_encoders/umt5_xxl_fp16.safetensors"),
        }, ignoreOrder: true);
        checkpoint.Tokenizer.ShouldBe(_folder.File("text_encoders/umt5_xxl_fp16.safetensors"));
        ComponentValidator.ValidateAll(checkpoint);
    }

    [Theory]
    [InlineData("wan2.2_ti2v_5B", WanFamily.Wan22TextImageToVideo, "wan2.2_vae.safetensors", 32, 5)]
    [InlineData("wan2.1_i2v_14B", WanFamily.Wan21ImageToVideo, "wan_2.1_vae.safetensors", 16, 5)]
    [InlineData("wan2.1_flf2v_14B", WanFamily.Wan21FirstLastFrame, "wan_2.1_vae.safetensors", 16, 16)]
    public void The_shapes_determine_the_family_and_the_family_its_vae(string model, WanFamily family, string vae, int multiple, double shift)
    {
        Transformer($"diffusion_models/{model}.safetensors", model);
        Others();
        OtherMakers();

        var checkpoint = Read();

        checkpoint.Family.ShouldBe(family);
        checkpoint.Paths[ComponentName.Vae].ShouldEndWith(vae);
        checkpoint.SizeMultiple.ShouldBe(multiple);
        checkpoint.Paths.ContainsKey(ComponentName.ImageEncoder).ShouldBe(family is WanFamily.Wan21ImageToVideo or WanFamily.Wan21FirstLastFrame);
        checkpoint.ClipPixels?.Crop.Width.ShouldBe(224);
        FamilyDefaults.Of(family).FlowShift.ShouldBe(shift);
    }

    [Fact]
    public void Files_side_by_side_and_the_shards_of_Wan_s_own_repository()
    {
        Transformer("high_noise_model/diffusion_pytorch_model-00001-of-00001.safetensors", "wan2.2_i2v_14B");
        Transformer("low_noise_model/diffusion_pytorch_model-00001-of-00001.safetensors", "wan2.2_i2v_14B");
        foreach (var level in new[] { "high", "low" })
        {
            var names = PublishedModel.TransformerTensors("wan2.2_i2v_14B").Select(tensor => $"\"{tensor.Name}\":\"diffusion_pytorch_model-00001-of-00001.safetensors\"");
            File.WriteAllText(_folder.File($"{level}_noise_model/diffusion_pytorch_model.safetensors.index.json"), "{\"weight_map\":{" + string.Join(',', names) + "}}");
        }

        Write("umt5.safetensors", PublishedModel.TextTensors());
        Directory.CreateDirectory(_folder.File("google/umt5-xxl"));
        File.WriteAllText(_folder.File("Wan2.1_VAE.pth"), "");

        Refusal(new() { Folder = _folder.Path }).ShouldContain("Wan2.1_VAE.pth is a Python pickle, which can run code and is never opened");

        Write("wan_2.1_vae.safetensors", PublishedModel.VaeTensors(VaeConfig.Wan21));
        var checkpoint = Read();
        checkpoint.Paths[ComponentName.Transformer].ShouldEndWith("high_noise_model/diffusion_pytorch_model.safetensors.index.json");
        checkpoint.Paths[ComponentName.Transformer2].ShouldEndWith("low_noise_model/diffusion_pytorch_model.safetensors.index.json");
        checkpoint.Tokenizer.ShouldBe(_folder.File("google/umt5-xxl"));
    }

    [Fact]
    public void Several_matching_files_are_listed_and_one_can_be_named()
    {
        Transformer(High, "wan2.2_i2v_14B");
        Transformer(Low, "wan2.2_i2v_14B");
        Transformer("diffusion_models/wan2.2_i2v_A14b_high_noise_lightx2v_4step.safetensors", "wan2.2_i2v_14B");
        Others();

        Refusal(new() { Folder = _folder.Path }).ShouldBe(
            $"There are several files that could be the transformer for high noise: {_folder.File("diffusion_models/wan2.2_i2v_A14b_high_noise_lightx2v_4step.safetensors")}, "
            + $"{_folder.File(High)}. Name one with WanFiles.Transformer.");
        Read(new() { Folder = _folder.Path, Transformer = _folder.File(High) }).Paths[ComponentName.Transformer2].ShouldBe(_folder.File(Low));
        Read(new() { Folder = _folder.Path, Transformer = _folder.File(Low), LowNoiseTransformer = _folder.File(High) })
            .Paths[ComponentName.Transformer2].ShouldBe(_folder.File(High));

        Write("vae/Wan2_1_VAE_bf16.safetensors", PublishedModel.VaeTensors(VaeConfig.Wan21));
        Refusal(new() { Folder = _folder.Path, Transformer = _folder.File(High) }).ShouldContain("could be the VAE");
        Transformer("diffusion_models/5B.safetensors", "wan2.2_ti2v_5B");
        Refusal(new() { Folder = _folder.Path }).ShouldContain("transformers of different models");
    }

    [Fact]
    public void A_missing_component_is_reported_with_the_rejected_files()
    {
        Refusal(new() { Folder = _folder.Path }).ShouldBe(
            $"{_folder.Path} lacks a transformer of an image-to-video model; WanFiles.Transformer can name one.\n"
            + $"{_folder.Path} has no model_index.json, so it was taken for a folder of single files, as ComfyUI keeps them.");
        Refusal(new()).ShouldStartWith("WanFiles lacks a transformer");
        Refusal(new() { Folder = _folder.File("no") }).ShouldContain("is not a folder");

        File.WriteAllText(_folder.File("Wan2.2-I2V-A14B-HighNoise-Q4_K_M.gguf"), "GGUF");
        Refusal(new() { Folder = _folder.Path }).ShouldContain("HighNoise-Q4_K_M.gguf cannot be read: it ends within its header");

        Transformer("wan2.2_t2v_high_noise_14B.safetensors", "wan2.1_t2v_14B");
        Refusal(new() { Folder = _folder.Path }).ShouldContain("is the transformer of a text-to-video model");

        Transformer(High, "wan2.2_i2v_14B");
        Refusal(new() { Folder = _folder.Path }).ShouldContain("lacks a transformer for low noise");
        Transformer("diffusion_models/slow_flow.safetensors", "wan2.2_i2v_14B");
        Refusal(new() { Folder = _folder.Path }).ShouldContain("slow_flow.safetensors contains neither high nor low");

        Transformer(Low, "wan2.2_i2v_14B");
        Refusal(new() { Folder = _folder.Path }).ShouldContain("There is no VAE with 16 latent channels");
        Write("wan2.2_vae.safetensors", PublishedModel.VaeTensors(VaeConfig.Wan22));
        Refusal(new() { Folder = _folder.Path }).ShouldContain("wan2.2_vae.safetensors has 48 latent channels.");
    }

    [Fact]
    public void Named_components_must_fit_one_another()
    {
        Transformer(High, "wan2.2_i2v_14B");
        Transformer("5B.safetensors", "wan2.2_ti2v_5B");
        Others();
        var (high, small, vae) = (_folder.File(High), _folder.File("5B.safetensors"), _folder.File("vae/wan_2.1_vae.safetensors"));

        Refusal(new() { Transformer = high, LowNoiseTransformer = high }).ShouldContain("is named for high noise and for low noise");
        Refusal(new() { Transformer = small, LowNoiseTransformer = high }).ShouldContain("cannot be a second transformer");
        Refusal(new() { Transformer = small, Vae = vae }).ShouldBe($"{vae}: this VAE has 16 latent channels; the transformer has 48.");
        Refusal(new() { Transformer = vae }).ShouldContain("is not a Transformer of Wan");
        Refusal(new() { Transformer = _folder.File("no.safetensors") }).ShouldContain("no.safetensors does not exist");
    }

    [Fact]
    public void Positions_of_image_tokens_must_be_those_of_two_images()
    {
        Write("flf2v.safetensors", PublishedModel.TransformerTensors("wan2.1_flf2v_14B").Select(tensor =>
            tensor.Name == "img_emb.emb_pos" ? (tensor.Name, tensor.Type, [1, 257, 1280]) : tensor));
        Others();

        Refusal(new() { Folder = _folder.Path }).ShouldContain("flf2v.safetensors: the transformer has positions for 257 image tokens; two images have 514");
    }

    [Fact]
    public void Files_named_4step_take_4_steps_unless_the_request_sets_another_scheduler()
    {
        Transformer("diffusion_models/wan2.2_i2v_A14b_high_noise_lightx2v_4step.safetensors", "wan2.2_i2v_14B");
        Transformer("diffusion_models/wan2.2_i2v_A14b_low_noise_lightx2v_4step.safetensors", "wan2.2_i2v_14B");
        Others();
        var request = new WanRequest { Image = new(1280, 720, new byte[1280 * 720 * 3]) };

        var settings = Plan(Read(), [], request);

        (settings.Scheduler, settings.NumInferenceSteps, settings.FlowShift, settings.IsGuided).ShouldBe((WanScheduler.Distilled, 4, 5.0, false));
        Plan(Read(), [], request with { Scheduler = WanScheduler.UniPc }).NumInferenceSteps.ShouldBe(40);
    }

    [Fact]
    public void Loras_called_4steps_do_the_same_if_every_transformer_has_one()
    {
        Transformer(High, "wan2.2_i2v_14B");
        Transformer(Low, "wan2.2_i2v_14B");
        Others();
        var request = new WanRequest { Image = new(1280, 720, new byte[1280 * 720 * 3]) };
        var high = new LoraFile("/loras/wan2.2_i2v_lightx2v_4steps_lora_v1_high_noise.safetensors", 1, LoraExperts.HighNoise);
        var low = new LoraFile("/loras/Wan2.2-I2V-A14B-4steps-lora-rank64-Seko-V1/low_noise_model.safetensors", 1, LoraExperts.LowNoise);

        Plan(Read(), [high, low], request).Scheduler.ShouldBe(WanScheduler.Distilled);
        Plan(Read(), [high], request).Scheduler.ShouldBe(WanScheduler.UniPc);
        Plan(Read(), [new("/loras/14step.safetensors", 1, LoraExperts.Both)], request).Scheduler.ShouldBe(WanScheduler.UniPc);
    }

    [Fact]
    public void The_digest_depends_on_numbers_names_and_configuration_but_not_on_paths()
    {
        Transformer("5B.safetensors", "wan2.2_ti2v_5B");
        Others();
        var digest = CheckpointDigest.Of(Read());

        CheckpointDigest.Of(Read()).ShouldBe(digest);
        File.Move(_folder.File("5B.safetensors"), _folder.File("renamed.safetensors"));
        CheckpointDigest.Of(Read()).ShouldBe(digest);

        File.WriteAllText(
            _folder.File("renamed.json"),
            """{"_class_name": "WanTransformer3DModel", "in_channels": 48, "out_channels": 48, "num_attention_heads": 24, "ffn_dim": 14336, "num_layers": 30, "eps": 1e-5}""");
        CheckpointDigest.Of(Read()).ShouldNotBe(digest);
    }

    public void Dispose() => _folder.Dispose();

    private static WanSettings Plan(Checkpoint checkpoint, IReadOnlyList<LoraFile> loras, WanRequest request)
        => new SettingsPlanner(checkpoint, TestModel.Of(), new() { Loras = loras }).Plan(request);

    private Checkpoint Read(WanFiles? files = null) => CheckpointFiles.Read(files ?? new() { Folder = _folder.Path });

    private static string Refusal(WanFiles files) => Should.Throw<CheckpointException>(() => CheckpointFiles.Read(files)).Message;

    private void Transformer(string path, string model) => Write(path, PublishedModel.TransformerTensors(model));

    private void Write(string path, IEnumerable<(string, string, long[])> tensors) => HeaderFile.Write(_folder.File(path), tensors);

    /// <summary>Other models of similar shape that ComfyUI users have: T5-XXL, Qwen-Image's VAE, CLIP ViT-L.</summary>
    private void OtherMakers()
    {
        Write("text_encoders/t5xxl_fp16.safetensors", PublishedModel.TextTensors()
            .Where(tensor => !tensor.Name.Contains("relative_attention_bias") || tensor.Name.Contains("block.0."))
            .Select(tensor => tensor.Name == "shared.weight" ? (tensor.Name, tensor.Type, [32128, 4096]) : tensor));
        Write("vae/qwen_image_vae.safetensors", PublishedModel.VaeTensors(VaeConfig.Wan21));
        Write("clip_vision/clip_vision_l.safetensors", PublishedModel.ClipTensors().Select(tensor => (tensor.Name, tensor.Type, (long[])[.. tensor.Shape.Select(size => size == 1280 ? 1024 : size)])));
    }

    /// <summary>Everything that any family may need besides a transformer.</summary>
    private void Others()
    {
        Write("vae/wan_2.1_vae.safetensors", PublishedModel.VaeTensors(VaeConfig.Wan21));
        Write("vae/wan2.2_vae.safetensors", PublishedModel.VaeTensors(VaeConfig.Wan22));
        Write("text_encoders/umt5_xxl_fp16.safetensors", [.. PublishedModel.TextTensors(), ("spiece_model", "U8", [4_548_313L])]);
        Write("clip_vision/clip_vision_h.safetensors", PublishedModel.ClipTensors());
    }
}
