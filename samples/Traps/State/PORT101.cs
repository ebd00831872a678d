// 'Count' writes '_count' of 'PORT101': the object is made for one invocation and gone after it, so what it keeps never reaches the next; use a local variable, or a store for what is to last
using Portable;

namespace Traps.State;

public sealed class PORT101
{
    private int _count;

    [Function("port101"), HttpTrigger("POST", "/port101"), AllowAnonymous]
    public string Count() => $"{++_count}";
}
