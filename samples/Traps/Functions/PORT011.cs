// Startup class 'PORT011' does not implement IPortableStartup: add it and the method Configure(IPortableBuilder app)
using Portable;

namespace Traps.Functions;

// An application has one: its other part is in State/PORT110.cs.
[Startup]
public sealed partial class PORT011;
