namespace Portable.Local;

/// <summary>
/// MQTT topic filters (MQTT 5.0, section 4.7): <c>+</c> stands for one level, <c>#</c> at the end for any number with the level above, and neither at
/// the beginning for topics that begin with <c>$</c>.
/// </summary>
internal static class TopicFilter
{
    public static bool Matches(string filter, string topic)
    {
        var wanted = filter.Split('/');
        var given = topic.Split('/');
        if (topic.StartsWith('$') && wanted[0] is "+" or "#")
        {
            return false;
        }

        for (var i = 0; i < wanted.Length; i++)
        {
            if (wanted[i] == "#")
            {
                return i == wanted.Length - 1;
            }

            if (i >= given.Length || (wanted[i] != "+" && wanted[i] != given[i]))
            {
                return false;
            }
        }

        return wanted.Length == given.Length;
    }
}
