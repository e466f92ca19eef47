package dev.recount.audit;

import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.ProblemType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /audit/tile/<L>/<N>[.p/<W>]} and {@code /audit/tile/entries/<N>[.p/<W>]}: the tree and its entries in the
 * layout of C2SP tlog-tiles. A tile never changes, so clients may cache it permanently.
 */
@RestController
final class TileEndpoint {

    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final VerifiedTree tree;

    TileEndpoint(VerifiedTree tree) {
        this.tree = tree;
    }

    @GetMapping(path = "/audit/tile/{*path}", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @ReadsProjection({})
    ResponseEntity<byte[]> tile(@PathVariable String path) {
        var tile = TilePath.parse(path)
                .orElseThrow(() -> ProblemType.NOT_FOUND
                        .problem("This is not how a tile is named.")
                        .exception());
        if (!tile.isIn(tree.size())) {
            throw ProblemType.NOT_FOUND
                    .problem("The log is not large enough to have this tile.")
                    .exception();
        }
        return ResponseEntity.ok().cacheControl(FOR_EVER).body(tile.entries() ? entries(tile) : hashes(tile));
    }

    private byte[] hashes(TilePath tile) {
        return concatenated(tree.read(log -> log.roots(tile.subtreeLevel(), tile.first(), tile.width())), false);
    }

    private byte[] entries(TilePath tile) {
        return concatenated(tree.read(log -> log.entries(tile.first(), tile.width())), true);
    }

    /** @param lengths whether each is preceded by its length in two bytes */
    private static byte[] concatenated(List<byte[]> parts, boolean lengths) {
        var prefix = lengths ? Short.BYTES : 0;
        var all = ByteBuffer.allocate(
                parts.stream().mapToInt(part -> prefix + part.length).sum());
        for (var part : parts) {
            if (lengths) {
                all.putShort((short) part.length);
            }
            all.put(part);
        }
        return all.array();
    }
}
