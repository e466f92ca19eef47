package dev.recount.eventstore.read;

import dev.recount.eventstore.serialization.EventRow;
import dev.recount.eventstore.serialization.StoredEvent;
import java.util.List;
import java.util.stream.Stream;

/** Reads one stream page by page, so that a long stream is never in memory as a whole. */
final class StreamPages {

    /** Most streams are short, and so are the events after a snapshot. */
    private static final int FIRST_PAGE = 120;

    private static final int PAGE = 1_000;

    private static final LogReader.Page END = new LogReader.Page(List.of(), true);

    private StreamPages() {}

    static Stream<EventRow> of(LogReader reader, String stream, long fromSequence) {
        LogReader.Page page = reader.readStream(stream, fromSequence, FIRST_PAGE);
        return page.complete() ? page.rows().stream() : Stream.concat(page.rows().stream(), following(reader, page));
    }

    private static Stream<EventRow> following(LogReader reader, LogReader.Page first) {
        return Stream.iterate(
                        next(reader, first),
                        page -> !page.rows().isEmpty(),
                        page -> page.complete() ? END : next(reader, page))
                .flatMap(page -> page.rows().stream());
    }

    private static LogReader.Page next(LogReader reader, LogReader.Page page) {
        StoredEvent last = page.rows().getLast().event();
        return reader.readStream(last.stream(), last.sequence() + 1, PAGE);
    }
}
