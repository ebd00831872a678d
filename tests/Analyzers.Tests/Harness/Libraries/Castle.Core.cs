// Stand-in for Castle.Core: its name is what rules look at.
namespace CastleCoreLibrary
{
    public static class Marker
    {
    }
}
