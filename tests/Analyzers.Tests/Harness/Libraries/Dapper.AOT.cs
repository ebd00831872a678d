// Stand-in for Dapper.AOT: its name is what rules look at.
namespace DapperAOTLibrary
{
    public static class Marker
    {
    }
}
