using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Portable.Local;

/// <summary>
/// Addresses that allow one thing with one object for a while: <c>/_portable/buckets/BUCKET/NAME?access=read&amp;expires=SECONDS&amp;signature=HEX</c>, signed with a key
/// that this process made up. They are good as long as the process runs.
/// </summary>
internal sealed class PresignedUrls(TimeProvider time, Func<Uri> address)
{
    /// <summary>The longest that S3 signs for (API reference, "Authenticating Requests: Using Query Parameters").</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public static string Path(string bucket, string name) => $"{Inspection.Root}/buckets/{bucket}/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}";

    /// <exception cref="ArgumentOutOfRangeException">The time is not above zero and up to seven days.</exception>
    public Uri Sign(string bucket, string name, BlobAccess access, TimeSpan validFor)
    {
        if (validFor <= TimeSpan.Zero || validFor > Longest)
        {
            throw new ArgumentOutOfRangeException(nameof(validFor), validFor, "An address is good for up to 7 days.");
        }

        var expires = (time.GetUtcNow() + validFor).ToUnixTimeMilliseconds();
        var text = access == BlobAccess.Read ? "read" : "write";
        return new Uri(address(), string.Create(CultureInfo.InvariantCulture, $"{Path(bucket, name)}?access={text}&expires={expires}&signature={Convert.ToHexString(Signature(bucket, name, text, expires))}"));
    }

    /// <summary>What is wrong with an address, or <see langword="null"/>.</summary>
    public string? Problem(string bucket, string name, string method, string? access, string? expires, string? signature)
    {
        if (access is null || signature is null || !long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var until))
        {
            return "The address is not signed: take one from IBlobStore.Presign.";
        }

        byte[] given;
        try
        {
            given = Convert.FromHexString(signature);
        }
        catch (FormatException)
        {
            return "The signature of the address is not valid.";
        }

        return !CryptographicOperations.FixedTimeEquals(given, Signature(bucket, name, access, until)) ? "The signature of the address is not valid."
            : time.GetUtcNow().ToUnixTimeMilliseconds() >= until ? "The address has expired."
            : (access, method) is not (("read", "GET") or ("read", "HEAD") or ("write", "PUT")) ? $"The address allows to {access}, not {method}."
            : null;
    }

    private byte[] Signature(string bucket, string name, string access, long expires) =>
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{access}\n{expires}\n{bucket}\n{name}"))); // names have no line breaks
}
