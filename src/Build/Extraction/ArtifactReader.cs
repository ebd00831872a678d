using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Portable.Build.Extraction;

/// <summary>
/// Reads <c>[assembly: PortableArtifact(path, content)]</c> from an assembly's metadata. The assembly is never loaded: it may be built
/// for another machine, and loading would run and lock the user's code.
/// </summary>
internal static class ArtifactReader
{
    private const ushort Prolog = 0x0001;

    public static IReadOnlyList<Artifact> Read(string assemblyPath)
    {
        using var stream = File.OpenRead(assemblyPath);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        var artifacts = new List<Artifact>();
        foreach (var handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
        {
            var attribute = metadata.GetCustomAttribute(handle);
            if (IsArtifact(metadata, attribute.Constructor))
            {
                artifacts.Add(Decode(metadata.GetBlobReader(attribute.Value)));
            }
        }

        return artifacts;
    }

    private static bool IsArtifact(MetadataReader metadata, EntityHandle constructor)
    {
        var declaringType = constructor.Kind switch
        {
            HandleKind.MemberReference => metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent,
            HandleKind.MethodDefinition => metadata.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType(),
            _ => default,
        };
        var (name, space) = declaringType.Kind switch
        {
            HandleKind.TypeReference => Names(metadata.GetTypeReference((TypeReferenceHandle)declaringType)),
            HandleKind.TypeDefinition => Names(metadata.GetTypeDefinition((TypeDefinitionHandle)declaringType)),
            _ => default,
        };
        return metadata.StringComparer.Equals(name, "PortableArtifactAttribute") && metadata.StringComparer.Equals(space, "Portable");

        static (StringHandle Name, StringHandle Namespace) Names<T>(T type) => type switch
        {
            TypeReference reference => (reference.Name, reference.Namespace),
            TypeDefinition definition => (definition.Name, definition.Namespace),
            _ => default,
        };
    }

    private static Artifact Decode(BlobReader blob)
    {
        if (blob.ReadUInt16() != Prolog)
        {
            throw new BadImageFormatException("A PortableArtifact attribute of the assembly is malformed.");
        }

        return new Artifact(blob.ReadSerializedString() ?? "", blob.ReadSerializedString() ?? "");
    }
}
