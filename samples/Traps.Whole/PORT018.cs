// Function 'Utc' runs by the time of UTC and Berlin by that of Europe/Berlin: Azure has one time zone for the whole application; use one, or take azure out of PortableClouds
using Portable;

namespace Traps.Whole;

public static class PORT018
{
    [Function("port018-berlin"), ScheduleTrigger("0 3 * * *", TimeZone = "Europe/Berlin")]
    public static void Berlin() => Console.WriteLine("nightly");

    [Function("port018-utc"), ScheduleTrigger("0 3 * * *")]
    public static void Utc() => Console.WriteLine("nightly");
}
