// Startup class 'PORT011' does not implement IPortableStartup: add it and the method Configure(IPortableBuilder app)
using Portable;

namespace Traps.Functions;

[Startup]
public sealed class PORT011;
