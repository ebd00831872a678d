// Stand-in for AutoMapper: its name is what rules look at.
namespace AutoMapperLibrary
{
    public static class Marker
    {
    }
}
