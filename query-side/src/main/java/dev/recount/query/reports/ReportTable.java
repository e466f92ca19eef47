package dev.recount.query.reports;

import java.util.List;

/** A report's answer: written whole as JSON, and its rows as CSV. */
interface ReportTable<R extends Record> {

    List<R> rows();

    /** Names the columns also where there is no row. */
    Class<R> rowType();
}
