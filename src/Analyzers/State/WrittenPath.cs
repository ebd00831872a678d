using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;

namespace Portable.Analyzers.State;

/// <summary>Finds the paths that code writes to, and tells where they are as far as the code says so.</summary>
internal static class WrittenPath
{
    // FileMode: what makes or changes a file. 3 is Open.
    private const int Open = 3;

    /// <summary>The path that a call writes to; <see langword="null"/> when it writes to none.</summary>
    public static IOperation? Of(IInvocationOperation call)
    {
        if (call.TargetMethod is not { IsStatic: true, ContainingType: { ContainingNamespace: { } space } type } method || !IsIo(space))
        {
            return null;
        }

        return (type.Name, method.Name) switch
        {
            ("File", "Copy" or "Move") => Argument(call.Arguments, "destFileName"),
            ("File", "Replace") => Argument(call.Arguments, "destinationFileName"),
            ("File", "Open") => Writes(call.Arguments) ? Argument(call.Arguments, "path") : null,
            ("File", "Create" or "CreateText" or "AppendText" or "OpenWrite") => Argument(call.Arguments, "path"),
            ("File", var name) when name.StartsWith("WriteAll", StringComparison.Ordinal) || name.StartsWith("AppendAll", StringComparison.Ordinal) => Argument(call.Arguments, "path"),
            ("Directory", "CreateDirectory") => Argument(call.Arguments, "path"),
            ("Directory", "Move") => Argument(call.Arguments, "destDirName"),
            ("ZipFile", "CreateFromDirectory") => Argument(call.Arguments, "destinationArchiveFileName"),
            ("ZipFile", "ExtractToDirectory") => Argument(call.Arguments, "destinationDirectoryName"),
            _ => null,
        };
    }

    /// <summary>The path that a new object writes to; <see langword="null"/> when it writes to none.</summary>
    public static IOperation? Of(IObjectCreationOperation creation) => creation.Type is { ContainingNamespace: { } space } type && IsIo(space)
        ? type.Name switch
        {
            "StreamWriter" => Argument(creation.Arguments, "path"),
            "FileStream" => Writes(creation.Arguments) ? Argument(creation.Arguments, "path") : null,
            _ => null,
        }
        : null;

    /// <summary>Where outside the scratch folder a path is, as messages say it; <see langword="null"/> when it is in there, or when the code does not say.</summary>
    public static string? PlaceOf(IOperation path, BodyFacts body, int depth = 3)
    {
        if (path.ConstantValue is { HasValue: true, Value: string text })
        {
            return PlaceOf(text);
        }

        switch (path)
        {
            case IConversionOperation conversion:
                return PlaceOf(conversion.Operand, body, depth);
            case IInvocationOperation { TargetMethod: { Name: "Combine" or "Join" or "GetFullPath", ContainingType.Name: "Path" }, Arguments: [var head, ..] } when depth > 0:
                return PlaceOf(First(head.Value), body, depth - 1);
            case IInvocationOperation { TargetMethod: { Name: "GetCurrentDirectory", ContainingType.Name: "Directory" } }:
            case IPropertyReferenceOperation { Property: { Name: "CurrentDirectory", ContainingType.Name: "Environment" } }:
                return "the current folder";
            case IPropertyReferenceOperation { Property: { Name: "BaseDirectory", ContainingType.Name: "AppContext" or "AppDomain" } }:
                return "the folder of the program";
            case IInterpolatedStringOperation { Parts: [IInterpolatedStringTextOperation { Text.ConstantValue: { HasValue: true, Value: string start } }, ..] }:
                return PlaceOf(start);
            case IInterpolatedStringOperation { Parts: [IInterpolationOperation first, ..] }:
                return PlaceOf(first.Expression, body, depth);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                return PlaceOf(sum.LeftOperand, body, depth);
            case ILocalReferenceOperation local when depth > 0 && InitialOf(local, body) is { } initial:
                return PlaceOf(initial, body, depth - 1);
            default:
                return null;
        }
    }

    private static string? PlaceOf(string path)
    {
        if (path.Length == 0 || path[0] is '%' or '~' || path.IndexOf("temp", StringComparison.OrdinalIgnoreCase) >= 0 || path.IndexOf("tmp", StringComparison.OrdinalIgnoreCase) >= 0)
        {
            return null;
        }

        if (path[0] == '/')
        {
            // A volume that the platform mounts is writable, and lasts; a device is no file.
            return IsUnder(path, "/mnt") || IsUnder(path, "/dev") || IsUnder(path, "/proc") || path.Length == 1 ? null : $"'{path}'";
        }

        return (path.Length > 2 && path[1] == ':') || path[0] == '\\' ? $"'{path}'" : $"the relative path '{path}'";
    }

    private static bool IsUnder(string path, string folder) => path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/');

    // Path.Combine of many parts takes them as an array or a span, which stands around the first of them.
    private static IOperation First(IOperation argument)
    {
        for (var depth = 0; depth < 4 && argument.Type?.SpecialType != SpecialType.System_String; depth++)
        {
            var inner = argument is IArrayCreationOperation { Initializer: { } initializer } ? initializer : argument;
            if (inner.ChildOperations.Count == 0)
            {
                break;
            }

            argument = inner.ChildOperations.First();
        }

        return argument;
    }

    private static IOperation? InitialOf(ILocalReferenceOperation reference, BodyFacts body)
    {
        foreach (var written in body.Written)
        {
            if (written is ILocalReferenceOperation other && SymbolEqualityComparer.Default.Equals(other.Local, reference.Local))
            {
                return null;
            }
        }

        return reference.Local.DeclaringSyntaxReferences is [{ } declared] && reference.SemanticModel is { } model && model.SyntaxTree == declared.SyntaxTree
            && model.GetOperation(declared.GetSyntax()) is IVariableDeclaratorOperation { Initializer.Value: { } value } ? value : null;
    }

    private static IOperation? Argument(System.Collections.Immutable.ImmutableArray<IArgumentOperation> arguments, string name)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.Name == name)
            {
                return argument.Parameter.Type.SpecialType == SpecialType.System_String ? argument.Value : null;
            }
        }

        return null;
    }

    // By the mode, and by the access where it is said.
    private static bool Writes(System.Collections.Immutable.ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.Type.Name == "FileMode" && argument.Value.ConstantValue is { HasValue: true, Value: int mode } && mode != Open)
            {
                return true;
            }

            if (argument.Parameter?.Type.Name == "FileAccess" && !argument.IsImplicit && argument.ArgumentKind == ArgumentKind.Explicit && argument.Value.ConstantValue is { HasValue: true, Value: int access } && (access & 2) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsIo(INamespaceSymbol space) => space is { Name: "IO", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }
        or { Name: "Compression", ContainingNamespace: { Name: "IO", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } };
}
