using System.Text.Json.Nodes;
using Kinema.Core.Catalog;

namespace Kinema.Pages.Models;

/// <summary>Programs that create a run. Each reads the key from KINEMA_API_KEY.</summary>
/// <param name="slug">The model.</param>
/// <param name="baseAddress">The server's URL for callers.</param>
/// <param name="body">Body of the request.</param>
public sealed class CodeSamples(string slug, Uri baseAddress, JsonObject body)
{
    private const string Callback = "https://your-server.com/webhook";

    private readonly string _url = new Uri(baseAddress, $"v1/models/{slug}/runs").AbsoluteUri;

    /// <summary>Of the manifest's first example, with a callback.</summary>
    public static CodeSamples OfExample(ModelManifest model, Uri baseAddress)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(model.Slug, baseAddress, new()
        {
            ["input"] = model.Examples.Count > 0 ? model.Examples[0].Input.DeepClone() : new JsonObject(),
            ["callback_url"] = Callback,
        });
    }

    public string Python => $$"""
        import os
        import requests

        response = requests.post(
            "{{_url}}",
            headers={"Authorization": "Bearer " + os.environ["KINEMA_API_KEY"]},
            json={{SampleLiteral.Python.Write(body, 4)}},
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
            body: JSON.stringify({{SampleLiteral.Json.Write(body, 4)}}),
          }
        );

        const data = await response.json();
        console.log(data);
        """;

    /// <summary>With the package Kinema.Client.</summary>
    public string CSharp => $$"""
        using System.Text.Json.Nodes;
        using Kinema.Client;

        using var http = new HttpClient();
        var kinema = new KinemaClient(http, new()
        {
            BaseAddress = new Uri({{SampleLiteral.CSharp.Write(baseAddress.AbsoluteUri)}}),
            ApiKey = Environment.GetEnvironmentVariable("KINEMA_API_KEY"),
        });

        var input = {{SampleLiteral.CSharp.Write(body["input"])}};

        var run = await kinema.CreateRunAsync({{SampleLiteral.CSharp.Write(slug)}}, input{{Options}});
        Console.WriteLine($"{run.Id} {run.Status}");
        """;

    public string Curl => $$"""
        curl -X POST {{_url}} \
          -H "Authorization: Bearer $KINEMA_API_KEY" \
          -H "Content-Type: application/json" \
          --data-binary @- <<'JSON'
        {{SampleLiteral.Json.Write(body)}}
        JSON
        """;

    private string Options => body["callback_url"] is { } callback
        ? $", new() {{ CallbackUrl = {SampleLiteral.CSharp.Write(callback)} }}"
        : "";
}
