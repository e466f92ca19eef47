package dev.recount.query.generations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads from PostgreSQL's catalog the statements that create a faithful, empty copy of tables in another schema.
 *
 * <p>The server generates them, so that it quotes names and expressions itself.
 */
final class TableCatalog {

    /** Properties that a copy would silently lose, or that would keep pointing at the replaced tables. */
    private static final String NOT_COPYABLE = """
        WITH given AS (
            SELECT name, to_regclass(format('%I.%I', ?, name)) AS id
            FROM unnest(?) AS given (name)
        )
        SELECT name || ' does not exist' AS reason
        FROM given
        WHERE id IS NULL
        UNION ALL
        SELECT name || ' is no ordinary table'
        FROM given
        JOIN pg_class ON oid = id
        WHERE relkind <> 'r' OR relpersistence <> 'p' OR relrowsecurity
            OR EXISTS (SELECT FROM pg_inherits WHERE id IN (inhrelid, inhparent))
        UNION ALL
        SELECT name || ' has the trigger ' || tgname
        FROM given
        JOIN pg_trigger ON tgrelid = id AND NOT tgisinternal
        UNION ALL
        SELECT name || ' takes part in the foreign key ' || conname
        FROM given
        JOIN pg_constraint ON contype = 'f' AND id IN (conrelid, confrelid)
        UNION ALL
        SELECT name || ' has the extended statistics ' || stxname
        FROM given
        JOIN pg_statistic_ext ON stxrelid = id
        UNION ALL
        SELECT DISTINCT name || ' is read by ' || ev_class::regclass
        FROM given
        JOIN pg_depend ON refclassid = 'pg_class'::regclass AND refobjid = id AND classid = 'pg_rewrite'::regclass
        JOIN pg_rewrite ON pg_rewrite.oid = objid
        UNION ALL
        SELECT name || ' owns the sequence ' || objid::regclass
        FROM given
        JOIN pg_depend ON refclassid = 'pg_class'::regclass AND refobjid = id AND classid = 'pg_class'::regclass
        JOIN pg_class ON pg_class.oid = objid AND relkind = 'S'
        ORDER BY reason
        """;

    private static final String TABLE = """
        SELECT format(
            'CREATE TABLE %1$I.%2$I (LIKE %3$I.%2$I INCLUDING ALL EXCLUDING INDEXES)%4$s',
            ?, original.relname, nspname, ' WITH (' || nullif(concat_ws(', ',
                array_to_string(original.reloptions, ', '),
                (SELECT string_agg('toast.' || option, ', ') FROM unnest(toast.reloptions) AS option)
            ), '') || ')')
        FROM pg_class original
        JOIN pg_namespace ON pg_namespace.oid = original.relnamespace
        LEFT JOIN pg_class toast ON toast.oid = original.reltoastrelid
        WHERE original.oid = to_regclass(format('%I.%I', ?, ?))
        """;

    /** The table's comment, owner and privileges; LIKE copies the comments of columns. */
    private static final String BELONGINGS = """
        WITH original AS (
            SELECT oid, relname, relowner, relacl, format('%I.%I', ?, relname) AS copy
            FROM pg_class
            WHERE oid = to_regclass(format('%I.%I', ?, ?))
        ),
        granted AS (
            SELECT copy, relowner, '' AS columns, acl.*
            FROM original
            CROSS JOIN aclexplode(relacl) AS acl
            UNION ALL
            SELECT copy, relowner, format('(%I)', attname), acl.*
            FROM original
            JOIN pg_attribute ON attrelid = oid
            CROSS JOIN aclexplode(attacl) AS acl
        )
        SELECT format('COMMENT ON TABLE %s IS %L', copy, obj_description(oid, 'pg_class'))
        FROM original
        UNION ALL
        SELECT format('GRANT %s %s ON %s TO %s%s', privilege_type, columns, copy,
            CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END,
            CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
        FROM granted
        WHERE grantee <> relowner
        UNION ALL
        SELECT format('ALTER TABLE %s OWNER TO %I', copy, pg_get_userbyid(relowner))
        FROM original
        WHERE relowner <> (SELECT oid FROM pg_roles WHERE rolname = current_user)
        """;

    /**
     * Written without schemas if the original's schema is the search path. Run with the copy's search path, they create
     * the copy's indexes. Unique indexes are needed while rows are written, for example by {@code ON CONFLICT}.
     */
    private static final String INDEXES = """
        SELECT CASE
                WHEN definition_only THEN
                    format('ALTER TABLE %I ADD CONSTRAINT %I %s', table_name, conname, pg_get_constraintdef(conid))
                ELSE pg_get_indexdef(indexrelid, 0, true)
            END,
            CASE WHEN conid IS NOT NULL AND NOT definition_only THEN
                format('ALTER TABLE %I ADD CONSTRAINT %I %s USING INDEX %I%s', table_name, conname,
                    CASE contype WHEN 'p' THEN 'PRIMARY KEY' ELSE 'UNIQUE' END, index_name,
                    CASE WHEN condeferred THEN ' DEFERRABLE INITIALLY DEFERRED'
                        WHEN condeferrable THEN ' DEFERRABLE' END)
            END,
            CASE WHEN obj_description(indexrelid, 'pg_class') IS NOT NULL THEN
                format('COMMENT ON INDEX %I IS %L', index_name, obj_description(indexrelid, 'pg_class'))
            END,
            CASE WHEN obj_description(conid, 'pg_constraint') IS NOT NULL THEN
                format('COMMENT ON CONSTRAINT %I ON %I IS %L', conname, table_name,
                    obj_description(conid, 'pg_constraint'))
            END,
            CASE WHEN indisclustered THEN format('ALTER TABLE %I CLUSTER ON %I', table_name, index_name) END
        FROM (
            SELECT pg_index.*, pg_constraint.*, pg_constraint.oid AS conid,
                tables.relname AS table_name, indexes.relname AS index_name,
                -- Through JSON, because PostgreSQL has WITHOUT OVERLAPS only since 18.
                contype = 'x' OR coalesce((to_jsonb(pg_constraint) ->> 'conperiod')::boolean, false)
                    AS definition_only
            FROM pg_index
            JOIN pg_class tables ON tables.oid = indrelid
            JOIN pg_class indexes ON indexes.oid = indexrelid
            LEFT JOIN pg_constraint ON conindid = indexrelid AND contype IN ('p', 'u', 'x')
            WHERE indrelid = to_regclass(format('%I.%I', ?, ?))
        ) AS described
        WHERE (indisunique OR indisexclusion) = ?
        ORDER BY indisprimary DESC, index_name
        """;

    private TableCatalog() {}

    /** @throws TablesNotCopyableException if a copy would differ */
    static void requireCopyable(Connection connection, String schema, List<String> tables) throws SQLException {
        try (var select = connection.prepareStatement(NOT_COPYABLE)) {
            select.setString(1, schema);
            select.setArray(2, connection.createArrayOf("text", tables.toArray()));
            try (var row = select.executeQuery()) {
                var reasons = new ArrayList<String>();
                while (row.next()) {
                    reasons.add(row.getString(1));
                }
                if (!reasons.isEmpty()) {
                    throw new TablesNotCopyableException(reasons);
                }
            }
        }
    }

    /** Statements that create the table in {@code copies}, still without its indexes. */
    static List<String> table(Connection connection, String copies, String originals, String table)
            throws SQLException {
        var statements = new ArrayList<>(statements(connection, TABLE, copies, originals, table));
        statements.addAll(statements(connection, BELONGINGS, copies, originals, table));
        return statements;
    }

    /** Statements that create the indexes. They must be read and run with the right schema first in the search path. */
    static List<String> indexes(Connection connection, String originals, String table, boolean unique)
            throws SQLException {
        return statements(connection, INDEXES, originals, table, unique);
    }

    private static List<String> statements(Connection connection, String sql, Object... parameters)
            throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            for (var parameter = 0; parameter < parameters.length; parameter++) {
                select.setObject(parameter + 1, parameters[parameter]);
            }
            var statements = new ArrayList<String>();
            try (var row = select.executeQuery()) {
                var columns = row.getMetaData().getColumnCount();
                while (row.next()) {
                    for (var column = 1; column <= columns; column++) {
                        var statement = row.getString(column);
                        if (statement != null) {
                            statements.add(statement);
                        }
                    }
                }
            }
            return statements;
        }
    }
}
