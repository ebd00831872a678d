namespace Portable.Runtime;

/// <summary>Checks names of objects, so that one that somebody else chose can never leave its bucket or, locally, its folder.</summary>
public static class BlobNames
{
    /// <summary>The longest name in bytes of UTF-8 that S3 and Cloud Storage take.</summary>
    public const int MaxBytes = 1024;

    /// <summary>Returns the name if it is a safe relative one.</summary>
    /// <exception cref="ArgumentException">It is not; the message says why.</exception>
    public static string Check(string name) => Problem(name) is { } problem ? throw new ArgumentException($"The name of the object {problem}.", nameof(name)) : name;

    /// <summary>What is wrong with a name, or <see langword="null"/>.</summary>
    public static string? Problem(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return "is empty";
        }

        if (System.Text.Encoding.UTF8.GetByteCount(name) > MaxBytes)
        {
            return $"is longer than {MaxBytes} bytes";
        }

        foreach (var c in name)
        {
            if (char.IsControl(c) || c == '\\')
            {
                return "has a backslash or a control character";
            }
        }

        foreach (var segment in name.Split('/'))
        {
            if (segment is "" or "." or "..")
            {
                return "has an empty, '.' or '..' segment";
            }
        }

        return null;
    }
}
