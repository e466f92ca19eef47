package dev.recount.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {

    @TempDir
    private Path directory;

    @Test
    void a_key_is_made_once_and_only_its_owner_may_read_it() throws IOException {
        var path = directory.resolve("new/audit.key");
        new KeyFile(path).createIfMissing("example.com/log");
        var text = Files.readString(path);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        new KeyFile(path).createIfMissing("example.com/log");
        assertThat(Files.readString(path)).isEqualTo(text);
        assertThat(new KeyFile(path).keys().getFirst().text() + "\n").isEqualTo(text);
        try (var files = Files.list(path.getParent())) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void a_key_that_is_put_on_top_signs_first_from_then_on() throws IOException {
        var path = directory.resolve("audit.key");
        var file = new KeyFile(path);
        file.createIfMissing("example.com/log");
        var old = file.keys().getFirst();
        var next = SigningKey.generate("example.com/log");
        Files.writeString(path, next.text() + "\n\n" + old.text() + "\n");
        assertThat(file.keys()).extracting(SigningKey::text).containsExactly(next.text(), old.text());
        Files.writeString(path, next.text());
        assertThat(file.keys()).extracting(SigningKey::text).containsExactly(next.text());
    }

    @Test
    void a_file_that_is_gone_or_garbled_is_said_so() throws IOException {
        var path = directory.resolve("audit.key");
        var file = new KeyFile(path);
        assertThatThrownBy(file::keys).isInstanceOf(UnusableKeyException.class).hasMessageContaining("audit.key");
        Files.writeString(path, "\n");
        assertThatThrownBy(file::keys).isInstanceOf(UnusableKeyException.class);
        Files.writeString(path, "PRIVATE+KEY+x");
        assertThatThrownBy(file::keys).isInstanceOf(UnusableKeyException.class);
        Files.write(path, new byte[] {(byte) 0xff});
        assertThatThrownBy(file::keys).isInstanceOf(UnusableKeyException.class);
    }
}
