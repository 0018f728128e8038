using k8s;
using k8s.Models;
using Kinema.TestSupport;

namespace Kinema.Release.Tests.Deploy;

/// <summary>The manifests for Kubernetes, read as the API server reads them: with its types, and no field that it does not know.</summary>
public sealed class KubernetesTests
{
    private static readonly string _folder = Repository.File("deploy", "kubernetes");
    private static readonly Kustomization _kustomization = KubernetesYaml.Deserialize<Kustomization>(File.ReadAllText(Path.Combine(_folder, "kustomization.yaml")), strict: true);
    private static readonly IReadOnlyList<object> _objects = [.. _kustomization.Resources.SelectMany(Read)];

    private static readonly V1StatefulSet _server = _objects.OfType<V1StatefulSet>().Single();
    private static readonly V1Deployment _worker = _objects.OfType<V1Deployment>().Single();

    [Fact]
    public void Every_file_is_applied() =>
        Directory.GetFiles(_folder).Select(Path.GetFileName).Where(name => name != "kustomization.yaml").ShouldBe(_kustomization.Resources, ignoreOrder: true);

    [Fact]
    public void A_field_that_is_misspelt_is_refused() =>
        Should.Throw<Exception>(() => KubernetesYaml.LoadAllFromString(File.ReadAllText(Path.Combine(_folder, "server.yaml")).Replace("replicas:", "replicaz:", StringComparison.Ordinal), strict: true));

    [Fact]
    public void Two_servers_are_never_there_at_once()
    {
        _server.Spec.Replicas.ShouldBe(1);
        _server.Spec.VolumeClaimTemplates.ShouldHaveSingleItem().Spec.AccessModes.ShouldBe(["ReadWriteOncePod"]);
    }

    [Fact]
    public void Nothing_runs_as_root_writes_to_its_image_or_reaches_the_cluster()
    {
        foreach (var pod in (V1PodSpec[])[_server.Spec.Template.Spec, _worker.Spec.Template.Spec])
        {
            (pod.AutomountServiceAccountToken, pod.SecurityContext.RunAsNonRoot, pod.SecurityContext.RunAsUser, pod.SecurityContext.SeccompProfile.Type).ShouldBe((false, true, 64000, "RuntimeDefault"));
            var container = pod.Containers.ShouldHaveSingleItem();
            (container.SecurityContext.ReadOnlyRootFilesystem, container.SecurityContext.AllowPrivilegeEscalation).ShouldBe((true, false));
            container.SecurityContext.Capabilities.Drop.ShouldBe(["ALL"]);
            container.Resources.Limits.ShouldContainKey("memory");

            // What is written lies on volumes, and each volume is there.
            container.VolumeMounts.ShouldContain(mount => mount.MountPath == "/tmp");
            string[] volumes = [.. pod.Volumes.Select(volume => volume.Name), .. _server.Spec.VolumeClaimTemplates.Select(claim => claim.Name())];
            container.VolumeMounts.Select(mount => mount.Name).ShouldBeSubsetOf(volumes);
        }
    }

    [Fact]
    public void Names_and_labels_fit_together()
    {
        var service = _objects.OfType<V1Service>().Single();
        service.Spec.Selector.ShouldBe(_server.Spec.Selector.MatchLabels);
        _server.Spec.ServiceName.ShouldBe(service.Name());
        _server.Spec.Template.Labels().ShouldBe(_server.Spec.Selector.MatchLabels);
        _worker.Spec.Template.Labels().ShouldBe(_worker.Spec.Selector.MatchLabels);
        _worker.Spec.Template.Spec.Containers[0].Args.ShouldContain($"http://{service.Name()}:{service.Spec.Ports[0].Port}");
        _objects.OfType<V1NetworkPolicy>().Select(policy => policy.Spec.PodSelector.MatchLabels["app.kubernetes.io/component"]).ShouldBe(["server", "wan"], ignoreOrder: true);
        _objects.OfType<V1Ingress>().Single().Spec.Rules[0].Http.Paths[0].Backend.Service.Name.ShouldBe(service.Name());

        var scaled = _objects.OfType<ScaledObject>().Single().Spec;
        scaled.ScaleTargetRef["name"].ShouldBe(_worker.Name());
        _worker.Spec.Replicas.ShouldBeNull("the autoscaler sets it");
        string[] images = [_server.Spec.Template.Spec.Containers[0].Image, _worker.Spec.Template.Spec.Containers[0].Image];
        _kustomization.Images.Select(image => image["name"]).ShouldBe(images);
    }

    [Fact]
    public void A_worker_gets_longer_to_end_than_it_takes()
    {
        var pod = _worker.Spec.Template.Spec;
        var args = pod.Containers[0].Args;
        var drain = int.Parse(args[args.IndexOf("--drain") + 1], System.Globalization.CultureInfo.InvariantCulture);
        pod.TerminationGracePeriodSeconds!.Value.ShouldBeGreaterThanOrEqualTo(drain + 10);
    }

    [Fact]
    public void Settings_and_metrics_are_ones_that_the_server_has()
    {
        var settings = File.ReadAllText(Repository.File("docs", "configuration.md"));
        foreach (var variable in _server.Spec.Template.Spec.Containers[0].Env)
            settings.ShouldContain($"`{variable.Name["Kinema__".Length..].Replace("__", ":", StringComparison.Ordinal)}`");
        File.ReadAllText(Repository.File("docs", "observability.md")).ShouldContain("`kinema_runs`");
        _objects.OfType<ScaledObject>().Single().Spec.Triggers.ShouldHaveSingleItem().Metadata["query"].ShouldContain("(kinema_runs{kinema_run_state=~\"queued|active\"})");
    }

    private static List<object> Read(string file) => KubernetesYaml.LoadAllFromString(
        File.ReadAllText(Path.Combine(_folder, file)), new Dictionary<string, Type> { ["keda.sh/v1alpha1/ScaledObject"] = typeof(ScaledObject) }, strict: true);
}
