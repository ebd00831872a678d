// 'OpenParcel.Label' is a stream, so that 'Read' cannot pass it as JSON: pass a record of texts, numbers and lists, or store it and pass its name
using Portable;

namespace Traps.Workflows;

public sealed record OpenParcel(string Id, Stream Label);

public static class PORT732
{
    [Step]
    public static Task Read(OpenParcel parcel) => Task.FromResult(parcel.Id);
}
