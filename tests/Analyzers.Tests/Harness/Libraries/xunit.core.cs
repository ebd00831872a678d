using System;

namespace Xunit;

[AttributeUsage(AttributeTargets.Method)]
public class FactAttribute : Attribute;

[AttributeUsage(AttributeTargets.Method)]
public class TheoryAttribute : FactAttribute;
