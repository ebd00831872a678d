using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;

namespace Portable.Analyzers.Fit;

/// <summary>Knows the calls that keep a processor busy for long: those that do so always, those that do so for many things, and hashes that are asked to.</summary>
internal static class HeavyLibraries
{
    private static readonly string[] Encoders = ["ffmpeg", "ffmpeg.exe", "HandBrakeCLI", "x264", "x265", "SvtAv1EncApp"];

    /// <summary>A call that encodes a video; <see langword="null"/> for others.</summary>
    public static string? EncoderOf(IInvocationOperation call)
    {
        var (method, type) = (call.TargetMethod, call.TargetMethod.ContainingType);
        return method.Name switch
        {
            "ProcessSynchronously" or "ProcessAsynchronously" when TypeNames.IsIn(type.ContainingNamespace, "FFMpegCore") => $"{type.Name}.{method.Name}",
            "Convert" or "Join" or "JoinImageSequence" when TypeNames.Is(type, "FFMpegCore", "FFMpeg") => "FFMpeg." + method.Name,
            "Start" when TypeNames.Is(type, "Xabe.FFmpeg", "IConversion") => "IConversion.Start",
            "Start" when TypeNames.Is(type, "System.Diagnostics", "Process") && call.Arguments.Length > 0 && Encoder(call.Arguments[0].Value) is { } program => program,
            _ => null,
        };
    }

    /// <summary>An object that is made to start an encoder of videos.</summary>
    public static string? EncoderOf(IObjectCreationOperation creation)
    {
        if (!TypeNames.Is(creation.Type, "System.Diagnostics", "ProcessStartInfo"))
        {
            return null;
        }

        if (creation.Arguments.Length > 0 && Encoder(creation.Arguments[0].Value) is { } program)
        {
            return program;
        }

        if (creation.Initializer is null)
        {
            return null;
        }

        foreach (var member in creation.Initializer.Initializers)
        {
            if (member is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "FileName" } } assignment && Encoder(assignment.Value) is { } named)
            {
                return named;
            }
        }

        return null;
    }

    /// <summary>A call that is heavy when it is made for many things.</summary>
    public static string? RepeatedOf(IInvocationOperation call)
    {
        var (method, type) = (call.TargetMethod.ReducedFrom ?? call.TargetMethod, (call.TargetMethod.ReducedFrom ?? call.TargetMethod).ContainingType);
        return method.Name switch
        {
            "CreateEntry" when TypeNames.Is(type, "System.IO.Compression", "ZipArchive") => "ZipArchive.CreateEntry",
            "CreateEntryFromFile" when TypeNames.Is(type, "System.IO.Compression", "ZipFileExtensions") => "ZipArchive.CreateEntryFromFile",
            "Load" or "LoadAsync" when TypeNames.Is(type, "SixLabors.ImageSharp", "Image") => "Image." + method.Name,
            "Decode" when TypeNames.IsIn(type.ContainingNamespace, "SkiaSharp") && type.Name is "SKBitmap" => "SKBitmap.Decode",
            _ => null,
        };
    }

    /// <summary>An object that is heavy when it is made for many things.</summary>
    public static string? RepeatedOf(IObjectCreationOperation creation) => creation.Type?.Name switch
    {
        "GZipStream" or "BrotliStream" or "DeflateStream" or "ZLibStream" when TypeNames.IsIn(creation.Type.ContainingNamespace, "System.IO.Compression") && Compresses(creation) => creation.Type.Name,
        "MagickImage" when TypeNames.IsIn(creation.Type.ContainingNamespace, "ImageMagick") => "MagickImage",
        _ => null,
    };

    /// <summary>A hash with more rounds than a project allows, in words.</summary>
    public static string? HashOf(IMethodSymbol method, IEnumerable<IArgumentOperation> arguments, double mostIterations)
    {
        var type = method.ContainingType;
        var isDerivation = type.Name == "Rfc2898DeriveBytes" && TypeNames.IsIn(type.ContainingNamespace, "System.Security.Cryptography");
        if (!isDerivation && !(type.Name == "BCrypt" && TypeNames.IsIn(type.ContainingNamespace, "BCrypt.Net")))
        {
            return null;
        }

        foreach (var argument in arguments)
        {
            if (argument.Value.ConstantValue is { HasValue: true, Value: int value })
            {
                switch (argument.Parameter?.Name)
                {
                    case "iterations" when isDerivation && value > mostIterations:
                        return $"{value} rounds of Rfc2898DeriveBytes";

                    // Every step of the work factor doubles the time; 11 is the library's own default.
                    case "workFactor" when !isDerivation && value >= 15:
                        return $"BCrypt with a work factor of {value}";
                    default:
                        break;
                }
            }
        }

        return null;
    }

    private static string? Encoder(IOperation value)
    {
        if (value.ConstantValue is { HasValue: true, Value: string path })
        {
            var name = path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
            foreach (var encoder in Encoders)
            {
                if (encoder.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return name;
                }
            }
        }

        return null;
    }

    private static bool Compresses(IObjectCreationOperation creation)
    {
        foreach (var argument in creation.Arguments)
        {
            if (argument.Value is IFieldReferenceOperation { Field: { ContainingType: { } type, Name: { } name } }
                && ((type.Name == "CompressionMode" && name == "Compress") || type.Name == "CompressionLevel"))
            {
                return true;
            }
        }

        return false;
    }
}
