namespace Workflows.Tests;

/// <summary>What the tests of this project run on: whatever the workflows may be deployed to.</summary>
public static class Engines
{
    public static TheoryData<Engine> All => [.. Enum.GetValues<Engine>()];
}
