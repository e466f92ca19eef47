package dev.recount.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** C2SP tlog-tiles, "Merkle Tree" and "Log entries". */
class TilePathTest {

    @ParameterizedTest
    @CsvSource({
        "/0/000, 0, false, 0, 256",
        "/0/x001/x234/067, 0, false, 1234067, 256",
        "/3/x001/000.p/1, 3, false, 1000, 1",
        "/63/999.p/255, 63, false, 999, 255",
        "/entries/x012/345.p/42, 0, true, 12345, 42"
    })
    void a_tile_has_one_spelling(String path, int level, boolean entries, long index, int width) {
        assertThat(TilePath.parse(path)).contains(new TilePath(level, entries, index, width));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/0",
                "/0/",
                "/0/0",
                "/0/0000",
                "/0/1234",
                "/0/x000/001",
                "/0/001/234",
                "/0/x001",
                "/00/000",
                "/64/000",
                "/-1/000",
                "/0/000.p/0",
                "/0/000.p/256",
                "/0/000.p/01",
                "/0/000.p/",
                "/0/000.p",
                "/0/000/",
                "/entry/000",
                "/0/00a",
                "/0/x001/234.p/1000",
                "/0/x999/x999/x999/x999/x999/x999/999",
                "/0/000/.p/1"
            })
    void every_other_spelling_is_none(String path) {
        assertThat(TilePath.parse(path)).isEmpty();
    }

    /** The example of the specification: a tree of 70,000 leaves. */
    @Test
    void a_tree_has_its_full_tiles_and_its_partial_ones() {
        assertThat(isIn("/0/272", 70_000)).isTrue();
        assertThat(isIn("/0/273", 70_000)).isFalse();
        assertThat(isIn("/0/273.p/112", 70_000)).isTrue();
        assertThat(isIn("/0/273.p/113", 70_000)).isFalse();
        assertThat(isIn("/1/000", 70_000)).isTrue();
        assertThat(isIn("/1/001", 70_000)).isFalse();
        assertThat(isIn("/1/001.p/17", 70_000)).isTrue();
        assertThat(isIn("/1/001.p/18", 70_000)).isFalse();
        assertThat(isIn("/2/000.p/1", 70_000)).isTrue();
        assertThat(isIn("/2/000.p/2", 70_000)).isFalse();
        assertThat(isIn("/3/000.p/1", 70_000)).isFalse();
        assertThat(isIn("/0/000", 256)).isTrue();
        assertThat(isIn("/1/000.p/1", 256)).isTrue();
        assertThat(isIn("/0/000.p/1", 0)).isFalse();
        assertThat(isIn("/63/000.p/1", Long.MAX_VALUE)).isFalse();
        assertThat(isIn("/8/000.p/1", Long.MAX_VALUE)).isFalse();
        assertThat(isIn("/0/x999/x999/x999/x999/x999/999", Long.MAX_VALUE)).isFalse();
        assertThat(isIn("/0/274.p/1", 70_000)).isFalse();
    }

    private static boolean isIn(String path, long size) {
        return TilePath.parse(path).orElseThrow().isIn(size);
    }
}
