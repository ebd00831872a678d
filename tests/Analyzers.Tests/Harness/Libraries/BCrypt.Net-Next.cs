namespace BCrypt.Net;

public static class BCrypt
{
    public static string HashPassword(string inputKey, int workFactor) => throw null!;

    public static string HashPassword(string inputKey) => throw null!;
}
