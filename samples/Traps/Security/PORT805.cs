// The event 'com.acme.port805' of 'PORT805' states no version: whoever changes the type does not see that others read it, and those cannot tell the two apart; write Version = 1, and the next number with the next change that breaks readers
using Portable;

namespace Traps.Security;

[EventContract("com.acme.port805")]
public sealed record PORT805(string Id);
