// Stand-in for Grpc.Net.Client: signatures that rules look at.
using System;

namespace Grpc.Net.Client
{
    public sealed class GrpcChannel : IDisposable
    {
        public static GrpcChannel ForAddress(string address) => null!;

        public void Dispose()
        {
        }
    }
}
