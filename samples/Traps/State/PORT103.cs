// 'Keep' writes to the relative path 'orders.log' by 'File.AppendAllText': where functions run, only the scratch folder can be written to; take Path.GetTempPath() for what the invocation itself needs, and a bucket (IBlobStore) for what is to last
using Portable;

namespace Traps.State;

public static class PORT103
{
    [Function("port103"), HttpTrigger("POST", "/port103/{id}"), AllowAnonymous]
    public static void Keep(string id) => File.AppendAllText("orders.log", id);
}
