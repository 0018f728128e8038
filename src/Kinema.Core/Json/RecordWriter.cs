using System.Text.Json;

namespace Kinema.Core.Json;

/// <summary>Writes one member of a record under its name.</summary>
public delegate void MemberWriter<in T>(Utf8JsonWriter writer, string name, T item);

/// <summary>Writes records of one kind as JSON: their members in order, or some of them.</summary>
public sealed class RecordWriter<T>(params (string Name, MemberWriter<T> Write)[] members)
{
    /// <summary>Every member, in its order.</summary>
    public IReadOnlyList<string> Names { get; } = [.. members.Select(member => member.Name)];

    /// <param name="writer">Target.</param>
    /// <param name="item">The record.</param>
    /// <param name="only">The members to write, or null for all.</param>
    public void Write(Utf8JsonWriter writer, T item, IReadOnlySet<string>? only = null)
    {
        writer.WriteStartObject();
        WriteMembers(writer, item, only);
        writer.WriteEndObject();
    }

    /// <summary>Writes the members alone, for an object that has others too.</summary>
    public void WriteMembers(Utf8JsonWriter writer, T item, IReadOnlySet<string>? only = null)
    {
        foreach (var (name, write) in members)
        {
            if (only is null || only.Contains(name))
                write(writer, name, item);
        }
    }

    public void WriteArray(Utf8JsonWriter writer, string name, IEnumerable<T> items)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
            Write(writer, item);
        writer.WriteEndArray();
    }
}

/// <summary>Members that many kinds of records have.</summary>
public static class RecordWriter
{
    /// <summary>A documented member that has no value here.</summary>
    public static void Null<T>(Utf8JsonWriter writer, string name, T item) => writer.WriteNull(name);

    /// <summary>A documented member that is an object without members here.</summary>
    public static void EmptyObject<T>(Utf8JsonWriter writer, string name, T item)
    {
        writer.WriteStartObject(name);
        writer.WriteEndObject();
    }

    /// <summary>A documented member that is an empty array here.</summary>
    public static void EmptyArray<T>(Utf8JsonWriter writer, string name, T item)
    {
        writer.WriteStartArray(name);
        writer.WriteEndArray();
    }
}
