using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace Kinema.Storage.Postgres;

/// <summary>A command that takes the store's statements as SQLite has them. Truth values are the integers 0 and 1, as in every table.</summary>
internal sealed class PostgresCommand(NpgsqlConnection connection, PostgresSql sql) : NpgsqlCommand(null, connection)
{
    [AllowNull]
    public override string CommandText
    {
        get => base.CommandText;
        set => base.CommandText = value is null ? null : sql.Translate(value);
    }

    public override int ExecuteNonQuery()
    {
        ConvertTruthValues();
        return base.ExecuteNonQuery();
    }

    public override object? ExecuteScalar()
    {
        ConvertTruthValues();
        return base.ExecuteScalar();
    }

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        ConvertTruthValues();
        return base.ExecuteDbDataReader(behavior);
    }

    private void ConvertTruthValues()
    {
        foreach (NpgsqlParameter parameter in Parameters)
        {
            if (parameter.Value is bool isTrue)
                parameter.Value = isTrue ? 1L : 0L;
            else if (parameter.Value is not DBNull || parameter.DbType != DbType.Boolean)
                continue;
            parameter.DbType = DbType.Int64;
        }
    }
}
