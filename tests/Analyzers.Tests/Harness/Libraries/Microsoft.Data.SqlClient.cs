// Stand-in for Microsoft.Data.SqlClient: signatures that rules look at.
using System.Data.Common;

namespace Microsoft.Data.SqlClient
{
    public sealed class SqlConnection(string connectionString) : DbConnection
    {
        [System.Diagnostics.CodeAnalysis.AllowNull]
        public override string ConnectionString { get; set; } = connectionString;

        public override string Database => "";

        public override string DataSource => "";

        public override string ServerVersion => "";

        public override System.Data.ConnectionState State => default;

        public override void ChangeDatabase(string databaseName)
        {
        }

        public override void Close()
        {
        }

        public override void Open()
        {
        }

        protected override DbTransaction BeginDbTransaction(System.Data.IsolationLevel isolationLevel) => null!;

        protected override DbCommand CreateDbCommand() => null!;
    }
}
