namespace Portable.Analyzers.Security;

/// <summary>
/// Knows what secrets look like, by the prefixes that their issuers gave them so that scanners find them, and by where a connection string or an address has its
/// password. Texts that stand for a secret (<c>&lt;your key&gt;</c>, <c>${KEY}</c>, <c>changeme</c>) and the published keys of emulators are none.
/// </summary>
/// <remarks>The prefixes are those of the issuers' documentation, as secret scanning of GitHub lists them (docs.github.com, "Supported secret scanning patterns").</remarks>
internal static class SecretShapes
{
    /// <summary>The shortest text that is looked at.</summary>
    public const int Shortest = 16;

    private static readonly string[] Placeholders =
        ["example", "changeme", "change-me", "change_me", "placeholder", "your", "xxx", "***", "...", "todo", "dummy", "sample", "redacted", "secret-here", "insert", "replace", "<", ">", "${", "{", "%", "$("];

    // The published keys of Azurite and of the Cosmos DB emulator, which are the same on every machine.
    private static readonly string[] EmulatorKeys = ["Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==", "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw=="];

    private static readonly Prefix[] Prefixes =
    [
        new("AKIA", 16, 16, Letters.UpperOrDigit, "an access key of AWS"),
        new("ASIA", 16, 16, Letters.UpperOrDigit, "an access key of AWS"),
        new("AIza", 35, 35, Letters.WordOrHyphen, "an API key of Google"),
        new("ghp_", 36, 255, Letters.LetterOrDigit, "a token of GitHub"),
        new("gho_", 36, 255, Letters.LetterOrDigit, "a token of GitHub"),
        new("ghs_", 36, 255, Letters.LetterOrDigit, "a token of GitHub"),
        new("ghu_", 36, 255, Letters.LetterOrDigit, "a token of GitHub"),
        new("ghr_", 36, 255, Letters.LetterOrDigit, "a token of GitHub"),
        new("github_pat_", 22, 255, Letters.WordOrHyphen, "a token of GitHub"),
        new("xoxb-", 20, 255, Letters.WordOrHyphen, "a token of Slack"),
        new("xoxp-", 20, 255, Letters.WordOrHyphen, "a token of Slack"),
        new("xoxa-", 20, 255, Letters.WordOrHyphen, "a token of Slack"),
        new("xoxr-", 20, 255, Letters.WordOrHyphen, "a token of Slack"),
        new("xoxs-", 20, 255, Letters.WordOrHyphen, "a token of Slack"),
        new("sk_live_", 16, 255, Letters.LetterOrDigit, "a live key of Stripe"),
        new("rk_live_", 16, 255, Letters.LetterOrDigit, "a live key of Stripe"),
    ];

    // The name in a connection string, the fewest characters of its value, and what it is.
    private static readonly (string Name, int Fewest, string What)[] Settings =
    [
        ("AccountKey=", 40, "the key of an Azure account"),
        ("SharedAccessKey=", 20, "a shared access key of Azure"),
        ("Password=", 4, "a connection string with its password"),
        ("Pwd=", 4, "a connection string with its password"),
    ];

    private enum Letters
    {
        UpperOrDigit,
        LetterOrDigit,
        WordOrHyphen,
    }

    /// <summary>What a text looks like, as messages say it; <see langword="null"/> when it looks like no secret.</summary>
    public static string? Of(string text) => text.Length < Shortest ? null : Token(text) ?? PrivateKey(text) ?? Setting(text) ?? Address(text);

    /// <summary>Whether a text stands where a secret would, and is none.</summary>
    public static bool IsPlaceholder(string text)
    {
        foreach (var word in Placeholders)
        {
            if (text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a text is as irregular as keys are: letters and digits without words, at least 3.5 bits for each character.</summary>
    public static bool IsIrregular(string text)
    {
        if (text.Length is < Shortest or > 512 || IsPlaceholder(text))
        {
            return false;
        }

        Span<int> counts = stackalloc int[128];
        int digits = 0, letters = 0, changes = 0;
        var previous = '-';
        foreach (var c in text)
        {
            if (c is <= ' ' or >= (char)127 || c is ':' or ',' or ';' or '(' or ')' or '?' or '&' or '\\')
            {
                return false;
            }

            counts[c]++;
            digits += c is >= '0' and <= '9' ? 1 : 0;
            letters += IsLetter(c) ? 1 : 0;
            changes += (c is >= '0' and <= '9' && IsLetter(previous)) || (IsLetter(c) && previous is >= '0' and <= '9') || (c is >= 'a' and <= 'z' && previous is >= 'A' and <= 'Z') || (c is >= 'A' and <= 'Z' && previous is >= 'a' and <= 'z') ? 1 : 0;
            previous = c;
        }

        // Words joined by hyphens or capitals change seldom between kinds of letters; keys do all the time.
        return digits >= 2 && letters >= 4 && changes * 5 >= text.Length && Entropy(counts, text.Length) >= 3.5;
    }

    private static double Entropy(Span<int> counts, int length)
    {
        var bits = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
            {
                var share = (double)count / length;
                bits -= share * Math.Log(share, 2);
            }
        }

        return bits;
    }

    private static string? Token(string text)
    {
        foreach (var prefix in Prefixes)
        {
            var start = text.IndexOf(prefix.Text, StringComparison.Ordinal);
            if (start < 0 || (start > 0 && (IsLetter(text[start - 1]) || text[start - 1] is >= '0' and <= '9')))
            {
                continue;
            }

            var end = start + prefix.Text.Length;
            var body = end;
            while (end < text.Length && IsOf(text[end], prefix.Letters))
            {
                end++;
            }

            if (end - body >= prefix.Fewest && end - body <= prefix.Most && !IsPlaceholder(text.Substring(start, end - start)))
            {
                return prefix.What;
            }
        }

        return null;
    }

    // A header alone is what a parser looks for; with a key behind it, it is one.
    private static string? PrivateKey(string text)
    {
        const string End = "PRIVATE KEY-----";
        var start = text.IndexOf("-----BEGIN ", StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf(End, start, StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        var letters = 0;
        for (var i = end + End.Length; i < text.Length && text[i] != '-'; i++)
        {
            letters += IsLetter(text[i]) || text[i] is (>= '0' and <= '9') or '+' or '/' or '=' ? 1 : 0;
        }

        return letters >= 40 && !IsPlaceholder(text) ? "a private key" : null;
    }

    private static string? Setting(string text)
    {
        foreach (var (name, fewest, what) in Settings)
        {
            var start = text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
            if (start < 0 || (start > 0 && IsLetter(text[start - 1])))
            {
                continue;
            }

            // One setting alone is no connection string: it is a text about one.
            var end = text.IndexOf(';', start);
            var value = end < 0 ? text.Substring(start + name.Length) : text.Substring(start + name.Length, end - start - name.Length);
            if (value.Length >= fewest && value.IndexOf(' ') < 0 && text.IndexOf(';') >= 0 && !IsPlaceholder(value) && !IsEmulator(text, value) && !IsLocal(text))
            {
                return what;
            }
        }

        return null;
    }

    // scheme://user:password@host
    private static string? Address(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var at = scheme <= 0 ? -1 : text.IndexOf('@', scheme);
        if (at < 0)
        {
            return null;
        }

        var user = scheme + 3;
        var colon = text.IndexOf(':', user);
        var slash = text.IndexOfAny(['/', '?', '#', ' '], user);
        return colon > user && colon < at - 1 && (slash < 0 || slash > at) && !IsPlaceholder(text.Substring(user, at - user)) && !IsLocal(text.Substring(at)) ? "an address with a password" : null;
    }

    private static bool IsEmulator(string text, string value) => Array.IndexOf(EmulatorKeys, value) >= 0 || text.IndexOf("UseDevelopmentStorage", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("UseDevelopmentEmulator", StringComparison.OrdinalIgnoreCase) >= 0;

    // The password of a database on one's own machine opens nothing for anybody else.
    private static bool IsLocal(string text) => text.IndexOf("localhost", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("127.0.0.1", StringComparison.Ordinal) >= 0 || text.IndexOf("(localdb)", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("host.docker.internal", StringComparison.Ordinal) >= 0;

    private static bool IsOf(char c, Letters letters) => letters switch
    {
        Letters.UpperOrDigit => c is (>= 'A' and <= 'Z') or (>= '0' and <= '9'),
        Letters.LetterOrDigit => IsLetter(c) || c is >= '0' and <= '9',
        _ => IsLetter(c) || c is (>= '0' and <= '9') or '_' or '-',
    };

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private readonly record struct Prefix(string Text, int Fewest, int Most, Letters Letters, string What);
}
