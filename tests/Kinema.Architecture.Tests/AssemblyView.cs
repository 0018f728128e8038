using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Kinema.Architecture.Tests;

/// <summary>Metadata of an assembly, read without loading it.</summary>
internal sealed class AssemblyView : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _metadata;

    public AssemblyView(string path)
    {
        Name = Path.GetFileNameWithoutExtension(path);
        _file = new PEReader(File.OpenRead(path));
        _metadata = _file.GetMetadataReader();
    }

    public string Name { get; }

    /// <summary>Full names of the types of other assemblies it uses.</summary>
    public IEnumerable<string> UsedTypes => _metadata.TypeReferences.Select(handle => NameOf(_metadata.GetTypeReference(handle)));

    /// <summary>Members of other assemblies' types that it uses: <c>Type.member</c>.</summary>
    public IEnumerable<string> UsedMembers =>
        from handle in _metadata.MemberReferences
        let member = _metadata.GetMemberReference(handle)
        where member.Parent.Kind == HandleKind.TypeReference
        select $"{NameOf(_metadata.GetTypeReference((TypeReferenceHandle)member.Parent))}.{_metadata.GetString(member.Name)}";

    /// <summary>Full names of the types of other assemblies that it constructs.</summary>
    public IEnumerable<string> ConstructedTypes => _metadata.MemberReferences
        .Select(handle => _metadata.GetMemberReference(handle))
        .Where(member => member.Parent.Kind == HandleKind.TypeReference && _metadata.StringComparer.Equals(member.Name, ".ctor"))
        .Select(member => NameOf(_metadata.GetTypeReference((TypeReferenceHandle)member.Parent)));

    /// <summary>Mutable static fields: <c>Type.field</c>.</summary>
    public IEnumerable<string> MutableStatics =>
        from handle in _metadata.FieldDefinitions
        let definition = _metadata.GetFieldDefinition(handle)
        where definition.Attributes.HasFlag(FieldAttributes.Static)
            && (definition.Attributes & (FieldAttributes.InitOnly | FieldAttributes.Literal)) == 0
        let type = _metadata.GetTypeDefinition(definition.GetDeclaringType())
        let place = $"{NameOf(type)}.{_metadata.GetString(definition.Name)}"
        where !IsMadeByTheCompiler(place)
        select place;

    /// <summary>Unsealed classes without derived classes.</summary>
    public IEnumerable<string> OpenClasses(IReadOnlySet<string> bases) =>
        from handle in _metadata.TypeDefinitions
        let type = _metadata.GetTypeDefinition(handle)
        where (type.Attributes & (TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.Interface)) == 0
        let name = NameOf(type)
        where !IsMadeByTheCompiler(name) && name != "<Module>" && !bases.Contains(name)
        select name;

    /// <summary>Full names of the classes that its own classes derive from.</summary>
    public IEnumerable<string> BaseTypes => _metadata.TypeDefinitions
        .Select(handle => _metadata.GetTypeDefinition(handle).BaseType)
        .Where(parent => !parent.IsNil)
        .Select(parent => parent.Kind switch
        {
            HandleKind.TypeDefinition => NameOf(_metadata.GetTypeDefinition((TypeDefinitionHandle)parent)),
            HandleKind.TypeReference => NameOf(_metadata.GetTypeReference((TypeReferenceHandle)parent)),
            _ => "",
        });

    public IEnumerable<(string Name, bool IsPublic)> Types => _metadata.TypeDefinitions
        .Select(handle => _metadata.GetTypeDefinition(handle))
        .Select(type => (NameOf(type), (type.Attributes & TypeAttributes.VisibilityMask) is TypeAttributes.Public or TypeAttributes.NestedPublic))
        .Where(type => !IsMadeByTheCompiler(type.Item1));

    public void Dispose() => _file.Dispose();

    /// <summary>Razor makes a class of its file of imports.</summary>
    private static bool IsMadeByTheCompiler(string name) => name.Contains('<', StringComparison.Ordinal) || name.EndsWith("._Imports", StringComparison.Ordinal)
        || name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal);

    private string NameOf(TypeDefinition type) => type.GetDeclaringType() is { IsNil: false } outer
        ? $"{NameOf(_metadata.GetTypeDefinition(outer))}+{_metadata.GetString(type.Name)}"
        : Full(_metadata.GetString(type.Namespace), _metadata.GetString(type.Name));

    private string NameOf(TypeReference type) => type.ResolutionScope.Kind == HandleKind.TypeReference
        ? $"{NameOf(_metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope))}+{_metadata.GetString(type.Name)}"
        : Full(_metadata.GetString(type.Namespace), _metadata.GetString(type.Name));

    private static string Full(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";
}
