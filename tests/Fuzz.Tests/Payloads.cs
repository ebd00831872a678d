using System.Text;

namespace Portable.Fuzz.Tests;

/// <summary>Puts another payload into an envelope: where the fixture has its own, as JSON, as text or as base64.</summary>
internal static class Payloads
{
    private static readonly string[] Places = ["\"data\"", "\"detail\"", "\"body\"", "\"Body\"", "\"message\"", "\"input\""];

    public static FuzzEvent With(this FuzzEvent original, byte[] payload)
    {
        var tree = JsonTree.TryParse(original.Body)!;
        return new FuzzEvent(original.Name, original.Head, Replace(tree, payload) ? tree.ToBytes() : payload);
    }

    private static bool Replace(JsonTree tree, byte[] payload)
    {
        var replaced = false;
        foreach (var (key, value) in tree.Entries)
        {
            if (Replace(value, payload))
            {
                replaced = true; // an envelope within the envelope has it
            }
            else if (key is not null && Places.Contains(Encoding.UTF8.GetString(key)) && (value.Kind == JsonKind.Object || value.Raw is [(byte)0x22, ..]))
            {
                value.Become(JsonTree.OfRaw(Form(value, payload)));
                replaced = true;
            }
        }

        return replaced;
    }

    private static byte[] Form(JsonTree value, byte[] payload)
    {
        if (value.Kind == JsonKind.Object)
        {
            return payload;
        }

        var text = Encoding.UTF8.GetString(value.Raw.AsSpan(1, value.Raw.Length - 2));
        var decoded = new byte[text.Length];
        if (text.Length > 0 && Convert.TryFromBase64String(text, decoded, out var length) && JsonTree.TryParse(decoded.AsSpan(0, length)) is { } inner && Replace(inner, payload))
        {
            payload = inner.ToBytes(); // an event within the message
        }

        return text.Length > 0 && Convert.TryFromBase64String(text, decoded, out _)
            ? Encoding.ASCII.GetBytes($"\"{Convert.ToBase64String(payload)}\"")
            : [(byte)'"', .. payload.SelectMany(static letter => letter is (byte)'"' or (byte)'\\' ? new[] { (byte)'\\', letter } : [letter]), (byte)'"'];
    }
}
