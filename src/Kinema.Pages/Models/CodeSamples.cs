using System.Text.Json.Nodes;
using Kinema.Core.Catalog;

namespace Kinema.Pages.Models;

/// <summary>Programs that create a run, made from an example of the manifest. Each reads the key from KINEMA_API_KEY.</summary>
internal sealed class CodeSamples(ModelManifest model, Uri baseAddress)
{
    private const string Callback = "https://your-server.com/webhook";

    private readonly string _url = new Uri(baseAddress, $"v1/models/{model.Slug}/runs").AbsoluteUri;

    private readonly JsonObject _body = new()
    {
        ["input"] = model.Examples.Count > 0 ? model.Examples[0].Input.DeepClone() : new JsonObject(),
        ["callback_url"] = Callback,
    };

    public string Python => $$"""
        import os
        import requests

        response = requests.post(
            "{{_url}}",
            headers={"Authorization": "Bearer " + os.environ["KINEMA_API_KEY"]},
            json={{SampleLiteral.Python.Write(_body, 4)}},
        )

        data = response.json()
        print(data)
        """;

    public string Node => $$"""
        const response = await fetch(
          "{{_url}}",
          {
            method: "POST",
            headers: {
              "Authorization": `Bearer ${process.env.KINEMA_API_KEY}`,
              "Content-Type": "application/json",
            },
            body: JSON.stringify({{SampleLiteral.Json.Write(_body, 4)}}),
          }
        );

        const data = await response.json();
        console.log(data);
        """;

    public string Curl => $$"""
        curl -X POST {{_url}} \
          -H "Authorization: Bearer $KINEMA_API_KEY" \
          -H "Content-Type: application/json" \
          --data-binary @- <<'JSON'
        {{SampleLiteral.Json.Write(_body)}}
        JSON
        """;
}
