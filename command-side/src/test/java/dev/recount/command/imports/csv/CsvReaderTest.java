package dev.recount.command.imports.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvReaderTest {

    @Test
    void rows_end_with_any_kind_of_line_end_or_with_the_file() throws Exception {
        List<List<String>> rows = List.of(List.of("a", "b"), List.of("c", "d"));
        assertThat(Rows.of("a,b\nc,d\n")).isEqualTo(rows);
        assertThat(Rows.of("a,b\r\nc,d\r\n")).isEqualTo(rows);
        assertThat(Rows.of("a,b\rc,d")).isEqualTo(rows);
    }

    @Test
    void quotes_protect_commas_line_ends_and_doubled_quotes() throws Exception {
        assertThat(Rows.of("\"a,b\",\"c\r\nd\n\",\"say \"\"no\"\"\",\"\"\"\"\n"))
                .isEqualTo(List.of(List.of("a,b", "c\r\nd\n", "say \"no\"", "\"")));
    }

    @Test
    void a_quote_within_a_cell_is_a_character_like_any_other() throws Exception {
        assertThat(Rows.of("5\" disk, \"x\",y\"\"")).isEqualTo(List.of(List.of("5\" disk", " \"x\"", "y\"\"")));
    }

    @Test
    void empty_lines_are_no_rows_and_an_empty_cell_in_quotes_is_one() throws Exception {
        assertThat(Rows.of("\n\r\na\n\n\n\"\"\n\n,\n \n\n"))
                .isEqualTo(List.of(List.of("a"), List.of(""), List.of("", ""), List.of(" ")));
    }

    @Test
    void white_space_belongs_to_its_cell() throws Exception {
        assertThat(Rows.of(" a\t, b \n")).isEqualTo(List.of(List.of(" a\t", " b ")));
    }

    @Test
    void rows_may_differ_in_length() throws Exception {
        assertThat(Rows.of("a,b,c\nd\n,,,\n"))
                .isEqualTo(List.of(List.of("a", "b", "c"), List.of("d"), List.of("", "", "", "")));
    }

    @Test
    void a_byte_order_mark_at_the_start_is_passed_by() throws Exception {
        assertThat(Rows.of("\uFEFFa,\uFEFFb\n")).isEqualTo(List.of(List.of("a", "\uFEFFb")));
        assertThat(Rows.of("\uFEFF\"a\"")).isEqualTo(List.of(List.of("a")));
        assertThat(Rows.of("\uFEFF")).isEmpty();
    }

    @Test
    void nothing_at_all_has_no_rows() throws Exception {
        assertThat(Rows.of("")).isEmpty();
        assertThat(Rows.of("\n\r\n\n")).isEmpty();
    }

    @Test
    void of_a_long_cell_the_beginning_is_kept() throws Exception {
        List<String> cells = new ArrayList<>();
        String text = "x".repeat(40_000) + ",\"" + "y\"\"".repeat(20_000) + "\",z";
        new CsvReader(new StringReader(text), 5).readRow((column, cell) -> cells.add(cell.toString()));
        assertThat(cells).containsExactly("xxxxx", "y\"y\"y", "z");
    }

    @Test
    void an_open_quote_is_reported_with_the_line_where_it_was_opened() {
        assertThatThrownBy(() -> Rows.of("a,b\n\"c\nd\",e\n\nf,\"g\nh,i\n\nj"))
                .isInstanceOfSatisfying(
                        MalformedCsvException.class, e -> assertThat(e.line()).isEqualTo(5))
                .hasMessage("A quote is opened and never closed");
        assertThatThrownBy(() -> Rows.of("\"")).isInstanceOf(MalformedCsvException.class);
        assertThatThrownBy(() -> Rows.of("a,\"b\"\"")).isInstanceOf(MalformedCsvException.class);
    }

    @Test
    void text_after_a_closing_quote_is_reported_with_its_line() {
        assertThatThrownBy(() -> Rows.of("a,b\r\n\"c\r\n\"d,e\r\n"))
                .isInstanceOfSatisfying(
                        MalformedCsvException.class, e -> assertThat(e.line()).isEqualTo(3))
                .hasMessage("A closing quote is followed by more than the end of its cell");
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused_wherever_they_are() {
        for (byte[] wrong : new byte[][] {
            {(byte) 0xE4},
            {(byte) 0xC0, (byte) 0x80},
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            {(byte) 0xFF, (byte) 0xFE}
        }) {
            byte[] text = ("a,b\n".repeat(30_000) + "c").getBytes(StandardCharsets.UTF_8);
            System.arraycopy(wrong, 0, text, text.length - wrong.length, wrong.length);
            assertThatThrownBy(() -> Rows.of(Utf8.reader(new ByteArrayInputStream(text))))
                    .isInstanceOf(CharacterCodingException.class);
        }
    }

    @Test
    void every_script_is_read_as_it_is() throws Exception {
        String text = "\u00e4\u00df,\u4f60\u597d,\ud83d\ude00,\u0000";
        assertThat(Rows.of(Utf8.reader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))))
                .isEqualTo(List.of(List.of("\u00e4\u00df", "\u4f60\u597d", "\ud83d\ude00", "\u0000")));
    }
}
