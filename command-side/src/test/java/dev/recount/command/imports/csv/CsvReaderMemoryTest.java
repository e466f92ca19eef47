package dev.recount.command.imports.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Measures the reader's allocations on files whose parts would not fit into memory. */
class CsvReaderMemoryTest {

    private static final long FIFTY_MILLION = 50_000_000;
    private static final long MAX_BYTES = 1_000_000;

    private final AtomicLong cells = new AtomicLong();
    private final AtomicLong chars = new AtomicLong();

    @Test
    void a_cell_of_fifty_megabytes_costs_no_more_than_what_is_kept_of_it() throws Exception {
        assertThat(allocatedReading("x,\"", "y\n", "\",z\n")).isLessThan(MAX_BYTES);
        assertThat(cells).hasValue(3);
        assertThat(chars).hasValue(1_002);
    }

    @Test
    void a_cell_of_fifty_megabytes_without_quotes_costs_no_more_either() throws Exception {
        assertThat(allocatedReading("x,", "yy", ",z\n")).isLessThan(MAX_BYTES);
        assertThat(chars).hasValue(1_002);
    }

    @Test
    void fifty_million_cells_in_one_row_cost_nothing() throws Exception {
        assertThat(allocatedReading("x", ",,", "z\n")).isLessThan(MAX_BYTES);
        assertThat(cells).hasValue(FIFTY_MILLION + 1);
    }

    @Test
    void fifty_million_empty_lines_cost_nothing() throws Exception {
        assertThat(allocatedReading("x\n", "\r\n", "z\n")).isLessThan(MAX_BYTES);
        assertThat(cells).hasValue(2);
    }

    private long allocatedReading(String head, String middle, String tail) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        CsvReader reader = new CsvReader(new LongText(head, middle, tail), 1_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        while (reader.readRow((column, text) -> {
            cells.incrementAndGet();
            chars.addAndGet(text.length());
        })) {
            continue;
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** A text whose middle is repeated until it has fifty million characters. */
    private static final class LongText extends Reader {

        private final String head;
        private final String middle;
        private final String tail;
        private long next;

        LongText(String head, String middle, String tail) {
            this.head = head;
            this.middle = middle;
            this.tail = tail;
        }

        @Override
        public int read(char[] buffer, int offset, int length) {
            int count = 0;
            while (count < length && next < head.length() + FIFTY_MILLION + tail.length()) {
                buffer[offset + count++] = charAt(next++);
            }
            return count == 0 ? -1 : count;
        }

        private char charAt(long index) {
            if (index < head.length()) {
                return head.charAt((int) index);
            }
            long past = index - head.length();
            return past < FIFTY_MILLION
                    ? middle.charAt((int) (past % middle.length()))
                    : tail.charAt((int) (past - FIFTY_MILLION));
        }

        @Override
        public void close() throws IOException {}
    }
}
