namespace Portable.Build.Measuring;

/// <summary>A file that will be in the package, as the targets list it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Owner">The package that it is of, or the project that made it; of content, its path in the package.</param>
/// <param name="RuntimeIdentifier">The platform that it is for; empty for all.</param>
/// <param name="DefinedIn">The project file that names it, of content.</param>
internal sealed record ListedFile(ListedKind Kind, string Path, string Owner, string RuntimeIdentifier, string DefinedIn);

/// <summary>What a listed file is.</summary>
internal enum ListedKind
{
    /// <summary>An assembly that is copied because of a reference.</summary>
    Assembly,

    /// <summary>A native library of a package.</summary>
    Native,

    /// <summary>A file of the project that is copied or embedded.</summary>
    Content,
}
