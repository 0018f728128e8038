using Kinema.Core.Callbacks;
using Kinema.Core.Keys;
using Kinema.Core.Runs;
using Kinema.Playground.Settings.Tester;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kinema.Playground.Settings.Secrets;

/// <summary>The change of a signing secret in steps, each a form of its own.</summary>
internal static class RotationEndpoints
{
    public const string Route = "/settings/callback-secrets/rotation";

    public static void MapRotation(this IEndpointRouteBuilder app)
    {
        app.MapGet(Route, context => ShowAsync(new PageRequest(context)));
        PageRequest.TakesForms(app.MapPost(Route, context => StepAsync(new PageRequest(context))));
    }

    private static async Task ShowAsync(PageRequest page)
    {
        if (await page.OpenAsync(SettingsEntry.Secrets) is { } visitor)
            await ShowAsync(page, visitor);
    }

    private static async Task StepAsync(PageRequest page)
    {
        if (await page.OpenFormAsync(SettingsEntry.Secrets) is not var (visitor, form))
            return;

        switch (form["step"].ToString())
        {
            case "pause":
                await page.Service<ICallbackPauses>().PauseAsync(visitor.OrgId, page.Aborted);
                await page.GoToAsync(Route);
                break;
            case "create" when SecretEndpoints.ReadLabel(form) is { } label:
                await ShowAsync(page, visitor, (await SecretEndpoints.CreateAsync(page, visitor, label)).Text);
                break;
            case "verify":
                await ShowAsync(page, visitor, check: await page.Service<TestCallbacks>().ProbeAsync(visitor.OrgId, page.Aborted));
                break;
            case "resume":
                await page.Service<ICallbackPauses>().ResumeAsync(visitor.OrgId, page.Aborted);
                page.Service<IWorkSignal>().Notify(SignalTopic.Callbacks);
                await page.GoToAsync(Route);
                break;
            default:
                await page.RefuseAsync(StatusCodes.Status422UnprocessableEntity, "No such step", "The step must be pause, create (with a label of at most 255 characters), verify or resume.");
                break;
        }
    }

    private static async Task ShowAsync(PageRequest page, ApiKey visitor, string? created = null, TestCallbackResult? check = null)
    {
        var parameters = new Dictionary<string, object?>
        {
            ["Rotation"] = await Rotation.ReadAsync(visitor.OrgId, page.Service<ICallbackSecrets>(), page.Service<ICallbackPauses>(), page.Aborted),
            ["Created"] = created,
            ["Check"] = check,
        };
        await page.ShowSettingAsync<RotationPage>(SettingsEntry.Secrets, parameters, created is null ? StatusCodes.Status200OK : StatusCodes.Status201Created);
    }
}
