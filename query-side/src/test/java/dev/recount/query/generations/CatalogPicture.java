package dev.recount.query.generations;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Everything that PostgreSQL's catalog says of a table but its identity, where its rows are, and the number of an
 * array's dimensions, which PostgreSQL notes without minding it.
 */
final class CatalogPicture {

    private static final String PICTURE = """
        WITH given AS (SELECT to_regclass(:table) AS id),
        facts AS (
            SELECT 'table', to_jsonb(pg_class) - array['oid', 'relfilenode', 'reltype', 'reltoastrelid', 'relpages',
                    'reltuples', 'relallvisible', 'relallfrozen', 'relfrozenxid', 'relminmxid', 'relnamespace']
                || jsonb_build_object('comment', obj_description(oid, 'pg_class'))
            FROM given
            JOIN pg_class ON oid = id
            UNION ALL
            SELECT 'toast', to_jsonb(toast.reloptions)
            FROM given
            JOIN pg_class ON oid = id
            JOIN pg_class toast ON toast.oid = pg_class.reltoastrelid
            UNION ALL
            SELECT 'column', to_jsonb(pg_attribute) - array['attrelid', 'attndims',
                    -- Values of rows that are older than their column; a copy has no such rows.
                    'atthasmissing', 'attmissingval']
                || jsonb_build_object('default', pg_get_expr(adbin, adrelid), 'comment', col_description(id, attnum))
            FROM given
            JOIN pg_attribute ON attrelid = id AND attnum > 0
            LEFT JOIN pg_attrdef ON adrelid = id AND adnum = attnum
            UNION ALL
            SELECT 'constraint', jsonb_build_object('name', conname, 'type', contype, 'validated', convalidated,
                'deferrable', condeferrable, 'deferred', condeferred, 'keys', conkey,
                'definition', pg_get_constraintdef(oid), 'comment', obj_description(oid, 'pg_constraint'))
            FROM given
            JOIN pg_constraint ON conrelid = id
            UNION ALL
            SELECT 'index', to_jsonb(pg_index) - array['indexrelid', 'indrelid', 'indexprs', 'indpred']
                || jsonb_build_object('definition', pg_get_indexdef(indexrelid), 'options', pg_class.reloptions,
                    'comment', obj_description(indexrelid, 'pg_class'))
            FROM given
            JOIN pg_index ON indrelid = id
            JOIN pg_class ON pg_class.oid = indexrelid
        )
        SELECT facts::text
        FROM facts
        ORDER BY 1
        """;

    private CatalogPicture() {}

    static List<String> of(JdbcClient sql, String table) {
        return sql.sql(PICTURE).param("table", table).query(String.class).list();
    }
}
