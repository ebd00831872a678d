namespace Portable.Generator.Discovery;

/// <summary>Checks the five-field cron dialect that every cloud can be given.</summary>
internal static class CronExpression
{
    private static readonly (string Name, int Least, int Most)[] Fields =
    [
        ("minute", 0, 59), ("hour", 0, 23), ("day of month", 1, 31), ("month", 1, 12), ("day of week", 0, 6),
    ];

    /// <summary>What is wrong with an expression, or <see langword="null"/>.</summary>
    public static string? Problem(string cron)
    {
        var parts = cron.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != Fields.Length)
        {
            return $"has a schedule of {parts.Length} fields: write minute, hour, day of month, month and day of week";
        }

        for (var i = 0; i < Fields.Length; i++)
        {
            foreach (var item in parts[i].Split(','))
            {
                if (!IsItem(item, Fields[i].Least, Fields[i].Most))
                {
                    return $"has a schedule whose {Fields[i].Name} field is '{parts[i]}': use *, numbers from {Fields[i].Least} to {Fields[i].Most}, ranges a-b, lists a,b and steps */n";
                }
            }
        }

        // EventBridge wants ? for one of the two days (facts/azure.md, NCRONTAB), and what both together mean differs from cron to cron.
        return parts[2] != "*" && parts[4] != "*" ? "has a schedule that restricts both the day of month and the day of week, which AWS cannot express: write * for one of them, and two functions if both are meant" : null;
    }

    private static bool IsItem(string item, int least, int most)
    {
        var slash = item.Split('/');
        if (slash.Length > 2 || (slash.Length == 2 && (!Number(slash[1], 1, most, out _) || (slash[0] != "*" && slash[0].IndexOf('-') < 0))))
        {
            return false;
        }

        if (slash[0] == "*")
        {
            return true;
        }

        var range = slash[0].Split('-');
        return range.Length switch
        {
            1 => Number(range[0], least, most, out _),
            2 => Number(range[0], least, most, out var from) && Number(range[1], least, most, out var to) && from <= to,
            _ => false,
        };
    }

    private static bool Number(string text, int least, int most, out int number)
    {
        number = 0;
        if (text.Length is 0 or > 2)
        {
            return false;
        }

        foreach (var c in text)
        {
            if (c is < '0' or > '9')
            {
                return false;
            }

            number = (number * 10) + c - '0';
        }

        return number >= least && number <= most;
    }
}
