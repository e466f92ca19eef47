package dev.recount.query.reports;

import java.util.List;

/** The response of a report: complete as JSON, and its rows as CSV. */
interface ReportTable<R extends Record> {

    List<R> rows();

    /** Defines the columns even if there are no rows. */
    Class<R> rowType();
}
