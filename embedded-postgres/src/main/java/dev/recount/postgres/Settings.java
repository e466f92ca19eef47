package dev.recount.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The server's settings: safe first, then fast for group commit, on a machine that also does other work. */
final class Settings {
    private static final String FILE = "recount.conf";

    private Settings() {}

    /** Makes a new cluster read Recount's settings after its own. ALTER SYSTEM overrides both. */
    static void include(Path cluster) throws IOException {
        var configuration = cluster.resolve("postgresql.conf");
        Files.writeString(configuration, Files.readString(configuration) + "\ninclude = '" + FILE + "'\n");
    }

    /** Writes the settings at every start, so that a new version of Recount applies its new settings. */
    static Path write(Path cluster, int port) throws IOException {
        var unfinished = cluster.resolve(FILE + ".unfinished");
        Files.writeString(unfinished, text(port));
        return Files.move(unfinished, cluster.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String text(int port) {
        return """
            # Recount writes this file at every start. For settings of your own: ALTER SYSTEM SET …
            listen_addresses = '127.0.0.1'
            port = %d
            unix_socket_directories = ''
            max_connections = 100
            password_encryption = 'scram-sha-256'
            timezone = 'UTC'

            # A confirmed commit is on the disk.
            fsync = on
            synchronous_commit = on
            full_page_writes = on

            # One flush serves many commands already, so a commit need not wait for others.
            commit_delay = 0
            wal_buffers = 16MB
            max_wal_size = 2GB
            min_wal_size = 256MB
            checkpoint_timeout = 15min
            checkpoint_completion_target = 0.9

            shared_buffers = 256MB
            effective_cache_size = 1GB
            work_mem = 8MB
            maintenance_work_mem = 128MB
            random_page_cost = 1.1
            # The queries are short; compiling them costs more than it saves.
            jit = off
            autovacuum = on
            autovacuum_vacuum_insert_scale_factor = 0.05
            autovacuum_analyze_scale_factor = 0.05

            logging_collector = on
            log_directory = 'log'
            log_filename = 'postgresql-%%a.log'
            log_rotation_age = 1d
            log_rotation_size = 0
            log_truncate_on_rotation = on
            log_checkpoints = off
            log_timezone = 'UTC'
            """.formatted(port);
    }
}
