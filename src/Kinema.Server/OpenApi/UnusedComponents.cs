using System.Text.Json.Nodes;

namespace Kinema.Server.OpenApi;

/// <summary>Removes components that no operation leads to.</summary>
internal static class UnusedComponents
{
    private const string Root = "#/components/";

    public static void Remove(JsonObject document)
    {
        var components = document["components"]!.AsObject();
        var used = new HashSet<string>();
        Follow(document["paths"]);
        foreach (var (kind, members) in components.Where(kind => kind.Key != "securitySchemes").ToList())
        {
            foreach (var name in members!.AsObject().Select(member => member.Key).Where(name => !used.Contains($"{Root}{kind}/{name}")).ToList())
                members.AsObject().Remove(name);
            if (members.AsObject().Count == 0)
                components.Remove(kind);
        }

        void Follow(JsonNode? node)
        {
            switch (node)
            {
                case JsonArray items:
                    foreach (var item in items)
                        Follow(item);
                    break;
                case JsonObject members:
                    foreach (var (name, value) in members)
                    {
                        if (name == "$ref" && used.Add(value!.GetValue<string>()) && value.GetValue<string>()[Root.Length..].Split('/') is [var kind, var component])
                            Follow(components[kind]![component]);
                        else
                            Follow(value);
                    }

                    break;
            }
        }
    }
}
