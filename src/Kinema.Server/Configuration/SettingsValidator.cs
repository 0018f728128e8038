using System.Collections;
using System.ComponentModel;
using System.Reflection;
using Kinema.Core.Catalog;
using Microsoft.Extensions.Configuration;

namespace Kinema.Server.Configuration;

/// <summary>Finds unknown settings and values of the wrong type before binding.</summary>
internal static class SettingsValidator
{
    /// <summary>Sections of the framework; not validated here.</summary>
    private static readonly string[] _frameworkSections = ["Logging"];

    public static IReadOnlyList<string> Find(IConfiguration configuration, IReadOnlyList<SettingsSection> sections)
    {
        var problems = new List<string>();
        foreach (var child in configuration.GetChildren())
        {
            if (_frameworkSections.Contains(child.Key, StringComparer.OrdinalIgnoreCase) || IsByModel(child))
                continue;

            if (sections.FirstOrDefault(s => s.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)) is { } section)
                CheckObject(child, section.Name, section.OptionsType, problems);
            else
                problems.Add($"{FirstLeaf(child)} is not a setting; no section is called '{child.Key}'{Hint(child.Key, [.. sections.Select(s => s.Name), .. KinemaSections.ByModel.Where(name => !name.Contains(':', StringComparison.Ordinal))])}");
        }

        return problems;
    }

    private static void CheckObject(IConfigurationSection node, string path, Type type, List<string> problems)
    {
        var properties = Settable(type);
        foreach (var child in node.GetChildren())
        {
            var property = properties.FirstOrDefault(p => p.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null && (RenamedSettings.IsOldName(child) || IsByModel(child)))
                continue;
            if (property is null)
                problems.Add($"{path}:{child.Key} is not a setting{Hint(child.Key, [.. properties.Select(p => p.Name), .. NamesByModel(path)], path + ":")}");
            else
                CheckValue(child, $"{path}:{property.Name}", property.PropertyType, problems);
        }
    }

    private static bool IsByModel(IConfigurationSection entry) => KinemaSections.ByModel.Contains(entry.Path, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> NamesByModel(string path) =>
        KinemaSections.ByModel.Where(name => name.StartsWith(path + ":", StringComparison.Ordinal)).Select(name => name[(path.Length + 1)..]);

    private static void CheckValue(IConfigurationSection node, string path, Type type, List<string> problems)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (ElementType(type) is { } element)
        {
            foreach (var child in node.GetChildren())
                CheckValue(child, $"{path}:{child.Key}", element, problems);
        }
        else if (!IsScalar(type))
        {
            CheckObject(node, path, type, problems);
        }
        else if (node.GetChildren().FirstOrDefault() is { } child)
        {
            problems.Add($"{path}:{child.Key} is not a setting; {path} is {Describe(type)}");
        }
        else if (node.Value is { Length: > 0 } text && !Converts(type, text))
        {
            problems.Add($"{path} must be {Describe(type)}; got \"{text}\"");
        }
    }

    internal static IReadOnlyList<PropertyInfo> Settable(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod?.IsPublic == true || IsFilled(p.PropertyType))];

    /// <summary>Returns whether binding can fill a property without a setter: an object or a list, but not a computed value.</summary>
    private static bool IsFilled(Type type) =>
        !IsScalar(type) && !(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>));

    internal static bool IsScalar(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal)
            || type == typeof(TimeSpan) || type == typeof(Uri) || type == typeof(Guid);
    }

    private static Type? ElementType(Type type)
    {
        if (type == typeof(string) || !typeof(IEnumerable).IsAssignableFrom(type))
            return null;

        if (type.IsArray)
            return type.GetElementType();

        // The value of a dictionary, the element of a list.
        return type.IsGenericType ? type.GetGenericArguments()[^1] : null;
    }

    private static bool Converts(Type type, string text)
    {
        try
        {
            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text) is not null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or NotSupportedException or OverflowException)
        {
            return false;
        }
    }

    private static string Describe(Type type) => type switch
    {
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type == typeof(double) || type == typeof(decimal) => "a number",
        _ when type == typeof(TimeSpan) => "a time span such as 00:00:30",
        { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type))}",
        _ => "one value",
    };

    private static string Hint(string word, IEnumerable<string> known, string prefix = "") =>
        NearestName.Find(word, known) is { } nearest ? $"; did you mean {prefix}{nearest}?" : "";

    private static string FirstLeaf(IConfigurationSection node)
    {
        while (node.GetChildren().FirstOrDefault() is { } child)
            node = child;
        return node.Path;
    }
}
