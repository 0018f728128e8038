using System.Globalization;
using System.Text;
using Kinema.Core.Catalog;

namespace Kinema.Pages.Models;

/// <summary>The page of a model as Markdown, made from its manifest. The HTML page shows the same text.</summary>
internal sealed class ModelMarkdown(IPageAddress address)
{
    public string Write(ModelManifest model)
    {
        var endpoint = $"POST /v1/models/{model.Slug}/runs";
        var samples = CodeSamples.OfExample(model, address.Base);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # {model.Name}

            > Price: **{model.Price.Label}**. Endpoint: `{endpoint}`.

            {model.Tagline}

            ## Overview

            - **Endpoint**: `{new Uri(address.Base, $"v1/models/{model.Slug}/runs")}`
            - **Model ID**: `{model.Slug}`
            - **Provider**: {model.Provider}
            - **License**: {model.License}
            - **Last updated**: {model.LastUpdated:yyyy-MM-dd}
            {ServedBy(model)}
            ## Pricing

            - **Base price**: {model.Price.Label}
            - **Note**: {model.Price.Note}

            ## {model.Name} API

            **Endpoint:** `{endpoint}`. Try it in the [interactive reference](/models/{model.Slug}?tab=api).

            ## Run the model

            ### Python

            ```python
            {samples.Python}
            ```

            ### Node.js

            ```javascript
            {samples.Node}
            ```

            ### C#

            ```csharp
            {samples.CSharp}
            ```

            ### cURL

            ```bash
            {samples.Curl}
            ```

            ## Request parameters

            | Parameter | Type | Required | Description |
            |---|---|---|---|
            | `input` | object | required | Input fields of the model: [input schema](#input-schema). |
            | `callback_url` | string \| null | optional | URL that gets a POST when the run ends. |
            | `metadata` | object \| null | optional | Your own values, at most 16 KiB; the record and the callback return them. |
            | `client_ref` | string \| null | optional | Your own reference, at most 255 characters; lists filter by it. |

            ## Input schema


            """);
        FieldTable.Write(text, model);
        text.Append("\n## Output schema\n\n| Field | Type | Description |\n|---|---|---|\n");
        foreach (var field in model.Outputs)
            text.Append(CultureInfo.InvariantCulture, $"| `{field.Name}` | {field.Type} | {FieldTable.Cell(field.Description)} |\n");
        WriteExamples(text, model);
        text.Append(CallbackPayload);
        text.Append(CultureInfo.InvariantCulture, $"## Additional resources\n\n- [Interactive reference](/models/{model.Slug}?tab=api)\n").Append(Resources);
        return text.ToString();
    }

    /// <summary>Which engines serve the model, and what the operator does for that; a blank line for a model of any engine.</summary>
    private static string ServedBy(ModelManifest model)
    {
        var engines = model.Engines.Count > 0 ? $"- **Engines**: {string.Join(", ", model.Engines.Select(engine => $"`{engine}`"))}\n" : "";
        var setup = model.Setup is { } said ? $"\n{said.Text}{(said.Page is { } page ? $" See [how to serve it](/docs/{page})." : "")}\n" : "";
        return engines + setup;
    }

    private static void WriteExamples(StringBuilder text, ModelManifest model)
    {
        if (model.Examples.Count == 0)
            return;

        text.Append("\n## Examples\n");
        foreach (var example in model.Examples)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {example.Title}\n\n");
            if (example.Description is { } description)
                text.Append(CultureInfo.InvariantCulture, $"{description}\n\n");
            text.Append(CultureInfo.InvariantCulture, $"```json\n{SampleLiteral.Json.Write(example.Input)}\n```\n");
        }
    }

    private const string CallbackPayload = """

        ## Callback payload

        With a `callback_url`, the server POSTs this object when the run ends.

        | Field | Type | Description |
        |---|---|---|
        | `event` | string | `run.completed`, `run.failed` or `run.cancelled`. |
        | `run_id` | string | Id of the run. |
        | `status` | string | `succeeded`, `failed` or `cancelled`. |
        | `output` | object \| null | Output of the run; null unless it succeeded. |
        | `duration_ms` | number \| null | From creation to the end, milliseconds. |
        | `created_at` | string \| null | When the run was created, ISO 8601. |
        | `completed_at` | string \| null | When the run ended, ISO 8601. |
        | `metadata` | object \| null | The metadata of the request. |

        - **Retries:** three attempts, with waits of 1 s and 2 s, after 5xx and network errors only.
        - **Headers:** `Runflow-Request-Id` always, `Runflow-Signature` with a signing secret. See [callbacks](/concepts/callbacks).

        """;

    private const string Resources = """
        - [OpenAPI document](/api/openapi.public.json)
        - [API documentation](/docs/api)
        - [All pages for programs](/llms.txt)

        ## Related

        - [All models](/models): the catalogue.
        - [Run lifecycle](/concepts/runs): statuses, polling, events.
        - [Callbacks](/concepts/callbacks): get results without polling.
        - [Pricing](/concepts/pricing): what a run costs.

        """;
}
